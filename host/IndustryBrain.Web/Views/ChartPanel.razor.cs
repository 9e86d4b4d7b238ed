using System.Text.Json;
using IndustryBrain.Sdk.Views;
using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IndustryBrain.Web.Views;

/// <summary>A chart with its legend, its table and its download.</summary>
public sealed partial class ChartPanel : ComponentBase, IAsyncDisposable
{
    private const string ModulePath = "./_content/IndustryBrain.Web/dist/charts.js";
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _drawn;
    private ChartData? _sent;
    private IReadOnlyList<int> _rows = [];
    private IReadOnlyList<DataColumn<int>> _columns = [];
    private bool _table;

    /// <summary>The declared chart.</summary>
    [Parameter, EditorRequired] public Chart Chart { get; set; } = null!;

    /// <summary>The output its pointers point into; the caller leaves the panel out when it holds no value of the chart.</summary>
    [Parameter, EditorRequired] public JsonElement Data { get; set; }

    /// <summary>Name of the downloaded file without extension.</summary>
    [Parameter] public string FileName { get; set; } = "chart";

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private BrowserScript Browser { get; set; } = null!;

    private ChartData Values { get; set; } = new("line", [], [], null, null, null);

    // Colours are the chart's own order: what was measured is text, what is expected the accent, the rest the palette.
    private IEnumerable<(string Name, string Style, string Css)> Legend
    {
        get
        {
            var (next, bands) = (2, 0);
            foreach (var series in Values.Series)
            {
                var measured = Values.Series.Count(s => s.Role == "actual") == 1 && Values.LastActual is not null;
                yield return series.Role switch
                {
                    "actual" when measured => (series.Name, "border-color:var(--ib-text)", ""),
                    "actual" when Values.Series.Count(s => s.Role == "actual") == 1 => (series.Name, "border-color:var(--ib-chart1)", ""),
                    "forecast" => (series.Name, "border-color:var(--ib-accent)", "ib-dashed"),
                    "band" => (series.Name, $"background:var(--ib-accent);opacity:var({(bands++ == 0 ? "--ib-band80" : "--ib-band95")})", "ib-swatch"),
                    "threshold" => (series.Name, "border-color:var(--ib-warning)", "ib-dashed"),
                    _ => (series.Name, $"border-color:var(--ib-chart{Math.Min(next++, 6)})", ""),
                };
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_drawn is not null)
            {
                await _drawn.InvokeVoidAsync("dispose");
                await _drawn.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the chart with it.
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ChartReading.Read(Chart, Data) is not { } values) return;
        Values = values;
        _rows = [.. Enumerable.Range(0, values.Categories.Count)];
        _columns = ChartReading.Columns(Chart, values);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (ReferenceEquals(_sent, Values) || Values.Categories.Count == 0) return;
        _sent = Values;
        try
        {
            _module ??= await Js.InvokeAsync<IJSObjectReference>("import", ModulePath);
            if (_drawn is null) _drawn = await _module.InvokeAsync<IJSObjectReference>("draw", _element, Values);
            else await _drawn.InvokeVoidAsync("update", Values);
        }
        catch (JSDisconnectedException)
        {
            // Nobody is there any more to see it.
        }
    }

    private async Task DownloadAsync() =>
        await Browser.DownloadAsync($"{FileName}.csv", "text/csv", Csv.Write(
            [.. _columns.Select(c => c.Key)],
            _rows.Select(row => (IReadOnlyList<object?>)[.. _columns.Select(c => c.Value(row))])));
}
