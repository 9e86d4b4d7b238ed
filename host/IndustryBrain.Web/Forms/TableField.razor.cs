using System.Text.Json.Nodes;
using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Schemas;
using IndustryBrain.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IndustryBrain.Web.Forms;

/// <summary>An array of objects, row by row; many rows come by paste from a spreadsheet.</summary>
public sealed partial class TableField : ComponentBase, IAsyncDisposable
{
    // More rows than this are drawn only where the person looks.
    private const int DrawnAtOnce = 60;
    private const int RowPixels = 36;
    private int[] _indexes = [];
    private ElementReference _element;
    private DotNetObjectReference<TableField>? _self;
    private IJSObjectReference? _paste;
    private string? _note;

    /// <summary>Id of the field.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>The rows, or null when there are none.</summary>
    [Parameter] public JsonArray? Value { get; set; }

    /// <summary>Raised after a change.</summary>
    [Parameter] public EventCallback<JsonNode?> ValueChanged { get; set; }

    /// <summary>The array's schema.</summary>
    [Parameter, EditorRequired] public SchemaNode Schema { get; set; } = null!;

    /// <summary>Path of the array.</summary>
    [Parameter, EditorRequired] public string Path { get; set; } = "";

    [CascadingParameter] private FormState State { get; set; } = null!;

    [Inject] private BrowserScript Browser { get; set; } = null!;

    private IReadOnlyList<SchemaNode> Columns => Schema.Item!.Members;

    private JsonArray Rows => Value ?? [];

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_indexes.Length != Rows.Count) _indexes = [.. Enumerable.Range(0, Rows.Count)];
    }

    /// <summary>Takes rows pasted into the table: they follow the last filled row.</summary>
    [JSInvokable]
    public async Task Paste(string text)
    {
        if (State.IsDisabled) return;
        var pasted = PastedRows.Read(Schema.Item!, text);
        var rows = Rows;
        for (var i = rows.Count - 1; i >= 0; i--)
            if (rows[i] is not JsonObject { Count: > 0 }) rows.RemoveAt(i);
        foreach (var row in pasted) rows.Add(row);
        _note = FormText.TablePasted.With(pasted.Count).ToString();
        await ValueChanged.InvokeAsync(rows);
        StateHasChanged();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_paste is not null)
            {
                await _paste.InvokeVoidAsync("dispose");
                await _paste.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its listener with it.
        }

        _self?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _paste = await Browser.AttachPasteAsync(_element, _self);
    }

    private static bool IsNumber(SchemaNode column) => column.Kind is SchemaKind.Number or SchemaKind.Integer;

    private Task CellAsync(int index, SchemaNode column, JsonNode? value)
    {
        if (Rows[index] is not JsonObject row) return Task.CompletedTask;
        if (value is null) row.Remove(column.Name);
        else row[column.Name] = value;
        return ChangedAsync(Rows);
    }

    private Task AddAsync()
    {
        var rows = Rows;
        rows.Add(new JsonObject());
        return ChangedAsync(rows);
    }

    private Task RemoveAsync(int index)
    {
        Rows.RemoveAt(index);
        return ChangedAsync(Rows);
    }

    private Task ClearAsync() => ChangedAsync([]);

    private Task ChangedAsync(JsonArray rows)
    {
        _note = null;
        return ValueChanged.InvokeAsync(rows.Count == 0 ? null : rows);
    }
}
