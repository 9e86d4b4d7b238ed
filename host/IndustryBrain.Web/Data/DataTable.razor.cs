using IndustryBrain.Web.Browser;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Web.Data;

/// <summary>A table: sticky head, numbers at the right, sorting, pages, export.</summary>
/// <typeparam name="TRow">Type of a row.</typeparam>
[CascadingTypeParameter(nameof(TRow))]
public sealed partial class DataTable<TRow> : ComponentBase
    where TRow : notnull
{
    private const int ShortText = 16;
    private const int LongCell = 48;
    private DataColumn<TRow>? _sort;
    private IReadOnlyList<TRow>? _sorted;
    private IReadOnlyList<TRow>? _given;
    private bool _descending;
    private int _page;

    /// <summary>All rows.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<TRow> Rows { get; set; } = [];

    /// <summary>The columns, in order. Keep the list between renders, else the sorting is lost.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<DataColumn<TRow>> Columns { get; set; } = [];

    /// <summary>What the table shows, for screen readers.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Rows a page; default 50.</summary>
    [Parameter] public int PageSize { get; set; } = 50;

    /// <summary>True for rows of 32 pixels instead of 40.</summary>
    [Parameter] public bool IsCompact { get; set; }

    /// <summary>Height in pixels above which it scrolls inside; null lets the page scroll.</summary>
    [Parameter] public int? MaximumHeight { get; set; }

    /// <summary>Name of the exported file without extension; null offers no export.</summary>
    [Parameter] public string? ExportName { get; set; }

    /// <summary>CSS class of a row.</summary>
    [Parameter] public Func<TRow, string?>? RowClass { get; set; }

    /// <summary>Sentence when there are no rows.</summary>
    [Parameter] public string? EmptyText { get; set; }

    /// <summary>The one action when there are no rows.</summary>
    [Parameter] public RenderFragment? Empty { get; set; }

    [Inject] private BrowserScript Browser { get; set; } = null!;

    private IEnumerable<TRow> Shown => (_sorted ?? Rows).Skip(_page * PageSize).Take(PageSize);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_given, Rows)) return;
        _given = Rows;
        _page = Math.Min(_page, Math.Max(0, (Rows.Count - 1) / PageSize));
        Order();
    }

    // A date or a name of a few characters must not break into two lines.
    private static string? CellClass(DataColumn<TRow> column, TRow row) => column switch
    {
        { IsNumeric: true } => "ib-right",
        { Template: not null } => null,
        _ => CellText.Of(column.Value(row), column.Format).Length switch { <= ShortText => "ib-nowrap", > LongCell => "ib-long", _ => null },
    };

    // A long text stands on one line with the whole as its tooltip.
    private static string? LongText(DataColumn<TRow> column, TRow row) =>
        column is { IsNumeric: false, Template: null } && CellText.Of(column.Value(row), column.Format) is { Length: > LongCell } text ? text : null;

    private static string Head(DataColumn<TRow> column) => column.Unit is null ? column.Title : $"{column.Title} ({column.Unit})";

    // Up, down, as it came.
    private void Sort(DataColumn<TRow> column)
    {
        (_sort, _descending) = _sort != column ? (column, false) : !_descending ? (column, true) : (null, false);
        _page = 0;
        Order();
    }

    private void Order()
    {
        if (_sort is null) _sorted = null;
        else if (_descending) _sorted = [.. Rows.OrderByDescending(_sort.Value, CellOrder.Instance)];
        else _sorted = [.. Rows.OrderBy(_sort.Value, CellOrder.Instance)];
    }

    private async Task ExportAsync()
    {
        var columns = Columns.Where(c => c.IsExported && c.Title.Length > 0).ToList();
        var csv = Csv.Write([.. columns.Select(Head)], (_sorted ?? Rows).Select(row => (IReadOnlyList<object?>)[.. columns.Select(c => c.Value(row))]));
        await Browser.DownloadAsync($"{ExportName}.csv", "text/csv", csv);
    }
}
