using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace IndustryBrain.Web.Forms;

/// <summary>A file by drag and drop or by choice. The input lies over the whole area, so that a drop needs no script.</summary>
public sealed partial class FileField : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string? _name;
    private long? _size;
    private int? _progress;
    private string? _problem;

    /// <summary>Id of the input.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary><c>{"file": id}</c>, or <c>{"path": …}</c> of a sample.</summary>
    [Parameter] public JsonNode? Value { get; set; }

    /// <summary>Raised with the stored file, or null.</summary>
    [Parameter] public EventCallback<JsonNode?> ValueChanged { get; set; }

    /// <summary>Id of the hint or error.</summary>
    [Parameter] public string? DescribedBy { get; set; }

    /// <summary>True marks it as wrong.</summary>
    [Parameter] public bool IsInvalid { get; set; }

    [CascadingParameter] private FormState State { get; set; } = null!;

    private string? ShownName => (Text("name"), Text("file"), Text("path")) switch
    {
        ({ } name, _, _) => name,
        (_, { } id, _) => State.FileName(id) ?? _name ?? id,
        (_, _, { } path) => path.Split('/', '\\')[^1],
        _ => null,
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private string? Text(string member) => (Value as JsonObject)?[member] is { } node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private async Task UploadAsync(InputFileChangeEventArgs e)
    {
        if (State.Uploader is not { } uploader) return;
        var file = e.File;
        _problem = null;
        if (file.Size > State.MaximumFileBytes)
        {
            _problem = FormText.TooLargeFile.With(NumberText.Bytes(file.Size), NumberText.Bytes(State.MaximumFileBytes)).ToString();
            return;
        }

        if (file.Size == 0)
        {
            _problem = FormText.EmptyFile.ToString();
            return;
        }

        (_name, _size, _progress) = (file.Name, file.Size, 0);
        State.UploadStarted();
        try
        {
            await using var source = file.OpenReadStream(State.MaximumFileBytes, _gone.Token);
            await using var content = new CountingStream(source, read => Report(read, file.Size));
            if ((await uploader(new(file.Name, file.Size, content), _gone.Token)).TryGet(out var stored, out var failure))
            {
                State.Name(stored.Id, stored.Name);
                await ValueChanged.InvokeAsync(new JsonObject { ["file"] = stored.Id });
            }
            else
            {
                _problem = failure.Message.ToString();
            }
        }
        catch (Exception e2) when (e2 is IOException or OperationCanceledException or JSException)
        {
            // The browser withdrew the file or the connection broke: the person can choose it again.
            _problem = FormText.UploadBroken.ToString();
        }
        finally
        {
            _progress = null;
            State.UploadEnded();
        }
    }

    private void Report(long read, long size)
    {
        var percent = size == 0 ? 100 : (int)(read * 100 / size);
        if (percent == _progress) return;
        _progress = percent;
        _ = InvokeAsync(StateHasChanged);
    }

    private Task RemoveAsync()
    {
        (_name, _size, _problem) = (null, null, null);
        return ValueChanged.InvokeAsync(null);
    }
}
