using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Scenarios;

/// <summary>The last rows of a chosen file, so that a wrong file or column shows before the run; nothing when no installed component reads tables.</summary>
public sealed partial class FilePreview : ComponentBase, IDisposable
{
    private const string Reader = "tabular.table";
    private const int RowsShown = 5;
    private const int ColumnsShown = 12;
    private const long LargestBytes = 2 * 1024 * 1024;
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<(string Header, bool IsNumeric)> _columns = [];
    private IReadOnlyList<JsonElement> _rows = [];
    private string? _read;
    private string _format = "";
    private int _count;
    private Failure? _failure;

    /// <summary>Id of the stored file.</summary>
    [Parameter, EditorRequired] public string FileId { get; set; } = "";

    /// <summary>Its name for people.</summary>
    [Parameter] public string? FileName { get; set; }

    [Inject] private ComponentDirectory Components { get; set; } = null!;

    [Inject] private FileStore Files { get; set; } = null!;

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_read == FileId) return;
        _read = FileId;
        (_columns, _rows, _failure) = ([], [], null);
        if (!RendererInfo.IsInteractive || Components.Find(Reader) is null || !await Callers.HasAsync(Permission.ReadFiles) || !await Callers.HasAsync(Permission.CallComponents)) return;
        try
        {
            await ReadAsync(FileId, _left.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The form was left.
        }
    }

    private async Task ReadAsync(string id, CancellationToken ct)
    {
        var caller = await Callers.GetAsync(ct);
        if (!(await Files.FindAsync(caller, id, ct)).TryGet(out var file, out var failure) || file.Size > LargestBytes)
        {
            _failure = failure;
            return;
        }

        var input = JsonSerializer.SerializeToElement(new { file = new { file = id, name = file.Name } });
        var result = await Components.CallAsync(caller, Reader, input, ct);
        if (id != FileId) return;
        if (!result.TryGet(out var table, out _failure)) return;
        _columns = [.. table.GetProperty("columns").EnumerateArray().Take(ColumnsShown).Select(c => (c.GetProperty("header").GetString()!, c.GetProperty("type").GetString() == "number"))];
        _count = table.GetProperty("rowCount").GetInt32();
        _format = table.GetProperty("format").GetString() ?? "";
        _rows = [.. table.GetProperty("rows").EnumerateArray().Skip(Math.Max(0, table.GetProperty("rows").GetArrayLength() - RowsShown)).Select(r => r.Clone())];
    }
}
