using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Web.Browser;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Web.Data;

/// <summary>A table: sticky head, numbers at the right with equal digits, sorting, search, pages, export.</summary>
/// <typeparam name="TRow">Type of a row.</typeparam>
[CascadingTypeParameter(nameof(TRow))]
public sealed partial class DataTable<TRow> : ComponentBase
    where TRow : notnull
{
    private const int ShortText = 16;
    private const int MediumCell = 48;
    private const int LongCell = 240;
    private const int SearchedFrom = 12;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<DataColumn<TRow>, string?> _formats = [];
    private DataColumn<TRow>? _sort;
    private IReadOnlyList<TRow>? _ordered;
    private IReadOnlyList<TRow>? _given;
    private string _search = "";
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

    /// <summary>Name of the exported files without extension; null offers no export.</summary>
    [Parameter] public string? ExportName { get; set; }

    /// <summary>CSS class of a row.</summary>
    [Parameter] public Func<TRow, string?>? RowClass { get; set; }

    /// <summary>Sentence when there are no rows.</summary>
    [Parameter] public string? EmptyText { get; set; }

    /// <summary>The one action when there are no rows.</summary>
    [Parameter] public RenderFragment? Empty { get; set; }

    [Inject] private BrowserScript Browser { get; set; } = null!;

    private bool CanSearch => Rows.Count > SearchedFrom;

    private IReadOnlyList<TRow> Ordered => _ordered ?? Rows;

    private int LastPage => Math.Max(0, (Ordered.Count - 1) / PageSize);

    private IEnumerable<TRow> Shown => Ordered.Skip(_page * PageSize).Take(PageSize);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_given, Rows)) return;
        _given = Rows;
        _formats.Clear();
        Order();
    }

    // A date or a name of a few characters must not break into two lines.
    private static string? CellClass(DataColumn<TRow> column, TRow row) => column switch
    {
        { IsNumeric: true } => "ib-right",
        { Template: not null } => null,
        _ => CellText.Of(column.Value(row), column.Format).Length switch { <= ShortText => "ib-nowrap", > LongCell => "ib-long", > MediumCell => "ib-wrap", _ => null },
    };

    // A sentence, such as a source, is read in full; a long text stands on one line with the whole as its tooltip.
    private static string? LongText(DataColumn<TRow> column, TRow row) =>
        column is { IsNumeric: false, Template: null } && CellText.Of(column.Value(row), column.Format) is { Length: > LongCell } text ? text : null;

    // Decimals of one column stand below each other.
    private string? FormatOf(DataColumn<TRow> column)
    {
        if (column.Format is not null || !column.IsNumeric) return column.Format;
        if (!_formats.TryGetValue(column, out var format)) _formats[column] = format = ColumnDigits.FormatOf(Rows.Select(column.Value));
        return format;
    }

    private void Search(ChangeEventArgs e)
    {
        _search = (e.Value as string ?? "").Trim();
        Order();
    }

    // Up, down, as it came.
    private void Sort(DataColumn<TRow> column)
    {
        (_sort, _descending) = _sort != column ? (column, false) : !_descending ? (column, true) : (null, false);
        _page = 0;
        Order();
    }

    private void Order()
    {
        IEnumerable<TRow> rows = _search.Length == 0 ? Rows : Rows.Where(Fits);
        _ordered = _sort is not null ? [.. _descending ? rows.OrderByDescending(_sort.Value, CellOrder.Instance) : rows.OrderBy(_sort.Value, CellOrder.Instance)]
            : _search.Length == 0 ? null : [.. rows];
        _page = Math.Min(_page, LastPage);
    }

    private bool Fits(TRow row) => Columns.Any(c =>
        CellText.Of(c.Value(row), c.Format).Contains(_search, StringComparison.OrdinalIgnoreCase) || (c.IsNumeric && CellText.Raw(c.Value(row)).Contains(_search, StringComparison.Ordinal)));

    private async Task ExportAsync()
    {
        var columns = Columns.Where(c => c.IsExported && c.Title.Length > 0).ToList();
        var csv = Csv.Write([.. columns.Select(c => c.Key)], Ordered.Select(row => (IReadOnlyList<object?>)[.. columns.Select(c => c.Value(row))]));
        await Browser.DownloadAsync($"{ExportName}.csv", "text/csv", csv);
    }

    private async Task ExportJsonAsync()
    {
        var columns = Columns.Where(c => c.IsExported && c.Title.Length > 0).ToList();
        var rows = Ordered.Select(row =>
        {
            var item = new JsonObject();
            foreach (var column in columns) item[column.Key] = JsonSerializer.SerializeToNode(column.Value(row));
            return item;
        });
        await Browser.DownloadAsync($"{ExportName}.json", "application/json", JsonSerializer.Serialize(rows, Readable));
    }
}
