using System.Text.Json;
using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Web.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Pages.Tasks;

/// <summary>Where a person decides a task, hands it on, or says something to it.</summary>
public sealed partial class TaskForm : ComponentBase
{
    private readonly List<UploadedFile> _files = [];
    private JsonElement? _data;
    private Failure? _failure;
    private string _comment = "";
    private string _to = "";
    private string _me = "";
    private string? _myId;
    private string? _outcome;
    private bool _busy;

    /// <summary>The task; open.</summary>
    [Parameter, EditorRequired] public TaskView Task { get; set; } = null!;

    /// <summary>Raised with the task as it stands after what the person did.</summary>
    [Parameter, EditorRequired] public EventCallback<TaskView> Changed { get; set; }

    [Inject] private HumanTasks Tasks { get; set; } = null!;

    [Inject] private FileStore Files { get; set; } = null!;

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    [Inject] private IOptions<TaskOptions> Options { get; set; } = null!;

    [Inject] private IOptions<FileStoreOptions> Storage { get; set; } = null!;

    private bool HasDecided => Task.Entries.Any(e => e.Kind == TaskEntryKind.Decided && e.By.Id == _myId);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var caller = await Callers.GetAsync();
        (_me, _myId) = (ActorText.Of(caller.Actor), caller.Actor.Id);
    }

    private Task DecideAsync(JsonElement data) => DecideAsync((JsonElement?)data);

    private Task DecideAsync(JsonElement? data) => _outcome is { } outcome
        ? DoAsync(caller => Tasks.DecideAsync(caller, Task.Id, new() { Outcome = outcome, Data = data, Comment = Said, Files = FileIds }, CancellationToken.None))
        : System.Threading.Tasks.Task.CompletedTask;

    private Task DelegateAsync() => DoAsync(caller => Tasks.DelegateAsync(caller, Task.Id, new() { To = _to.Trim(), Comment = Said }, CancellationToken.None));

    private Task CommentAsync() => DoAsync(caller => Tasks.CommentAsync(caller, Task.Id, new() { Comment = _comment, Files = FileIds }, CancellationToken.None));

    private string? Said => string.IsNullOrWhiteSpace(_comment) ? null : _comment;

    private string[] FileIds => [.. _files.Select(f => f.Id)];

    private async Task DoAsync(Func<Caller, Task<Result<TaskView>>> what)
    {
        if (_busy) return;
        (_busy, _failure) = (true, null);
        try
        {
            _failure = await Callers.RefusalAsync(Permission.DecideTasks);
            if (_failure is not null || !(await what(await Callers.GetAsync())).TryGet(out var task, out _failure)) return;
            (_comment, _to) = ("", "");
            _files.Clear();
            await Changed.InvokeAsync(task);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task AttachAsync(InputFileChangeEventArgs e)
    {
        foreach (var chosen in e.GetMultipleFiles(Math.Max(1, Options.Value.MaxFiles)))
        {
            await using var content = chosen.OpenReadStream(Storage.Value.MaxBytes);
            if (!(await UploadAsync(new FileSelection(chosen.Name, chosen.Size, content), CancellationToken.None)).TryGet(out var file, out _failure)) return;
            _files.Add(file);
        }
    }

    private async Task<Result<UploadedFile>> UploadAsync(FileSelection file, CancellationToken ct)
    {
        if (await Callers.RefusalAsync(Permission.UploadFiles, ct) is { } refusal) return refusal;
        return (await Files.StoreAsync(await Callers.GetAsync(ct), file.Name, file.Content, ct)).TryGet(out var stored, out var failure) ? new UploadedFile(stored.Id, stored.Name, stored.Size) : failure;
    }
}
