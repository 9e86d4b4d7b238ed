using System.Text.Encodings.Web;
using System.Text.Json;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Views;
using IndustryBrain.Storage;
using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Forms;
using IndustryBrain.Web.Schemas;
using IndustryBrain.Web.Shell;
using IndustryBrain.Web.States;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>One run, live: its steps on a time axis, and the result as it grows.</summary>
public sealed partial class RunPage
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const int ChildrenShown = 20;
    private CancellationTokenSource? _watch;
    private (View View, JsonElement Output)? _view;
    private string? _viewStep;
    private Failure? _actionFailure;
    private bool _busy;
    private string? _control;

    /// <summary>The run.</summary>
    [Parameter] public Guid Id { get; set; }

    [Inject] private RunCoordinator Runs { get; set; } = null!;

    [Inject] private ScenarioLibrary Library { get; set; } = null!;

    [Inject] private FileStore Files { get; set; } = null!;

    [Inject] private ComponentDirectory Components { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private BrowserScript Browser { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => Id;

    private string ScenarioHref => $"/scenarios/{Uri.EscapeDataString(Data!.Run.DefinitionId)}";

    private static IReadOnlyList<Crumb> HistoryCrumbs => [new(PageText.Runs.ToString(), "/runs")];

    private IReadOnlyList<Crumb> ScenarioCrumbs => [new(PageText.Scenarios.ToString(), "/scenarios"), new(Data!.Run.ScenarioName.ToString(), ScenarioHref)];

    private string FileName => $"{Data!.Run.DefinitionId}-{RunState.Number(Id)}";

    // What a screen reader hears while the run goes on: the step it is at.
    private string? Now => Timeline.Current is { } step ? $"{step.Name}: {StateLook.Of(step.State).Word}" : null;

    private string StateWord => StateLook.Of(RunState.Of(Data!.Run.Status, Data.Run.SubStatus)).Word.ToString();

    private string EditHref => $"{ScenarioHref}?from={Id}";

    private bool HasResult => HasOutput || _view is not null;

    private bool HasOutput => Data!.Run.Output is { ValueKind: JsonValueKind.Object } output && output.EnumerateObject().Any();

    private StepTimeline Timeline => StepTimeline.Of(Data!, id => Components.Find(id)?.Kind.ToString(), Time.GetUtcNow());

    /// <inheritdoc />
    protected override string Reads => Permission.ReadRuns;

    /// <inheritdoc />
    protected override async Task<Result<RunData>> LoadAsync(CancellationToken ct)
    {
        if (!(await Runs.GetAsync(Caller, Id, ct)).TryGet(out var run, out var failure)) return failure;
        var scenario = await Library.FindAsync(Caller, run.DefinitionId, ct);
        var children = await ChildrenAsync(run, ct);
        var shown = await ShownAsync(run, ct);
        var files = await FilesAsync(run.Input, ct);
        if (!scenario.TryGet(out var details, out _)) return new RunData(run, [], default, null) { Children = children, Shown = shown, Files = files };
        var (definition, isSame) = (details.Definition, details.Version == run.Version);
        return new RunData(run, isSame ? definition.Nodes : [], isSame ? definition.Source : default, definition.Profile.OutputSchema) { InputSchema = details.InputSchema, Children = children, Shown = shown, Files = files };
    }

    /// <inheritdoc />
    protected override bool KeepsNothing(object? oldKey) => true;

    /// <inheritdoc />
    protected override void OnLoaded()
    {
        TakeView();
        if (!RendererInfo.IsInteractive || Data is null) return;
        _watch?.Cancel();
        _watch?.Dispose();
        _watch = null;
        _actionFailure = null;
        if (Data.Run.HasEnded) return;
        _watch = CancellationTokenSource.CreateLinkedTokenSource(Left);
        _ = WatchAsync(Id, _watch.Token);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Cancel();
            _watch?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Failure AsFailure(IncidentView incident)
    {
        var failure = new Failure(incident.Code ?? "IB3000", incident.Message) { Where = incident.Where, Action = incident.Action };
        return Data!.InputSchema.ValueKind == JsonValueKind.Object ? FieldNames.In(SchemaNode.Read(Data.InputSchema), failure) : failure;
    }

    private async Task WatchAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await foreach (var run in Runs.WatchAsync(Caller, id, ct))
            {
                var children = StartsRuns(run) ? await ChildrenAsync(run, ct) : [];
                var shown = await ShownAsync(run, ct);
                await InvokeAsync(() =>
                {
                    if (ct.IsCancellationRequested || Data is null) return;
                    Data = Data with { Run = run, Children = children, Shown = shown };
                    TakeView();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or shows another run.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    // The same output keeps the same object: a chart is not drawn again for a step that has nothing to do with it.
    private void TakeView()
    {
        if (Data is null)
        {
            (_view, _viewStep) = (null, null);
            return;
        }

        var shown = Data.Shown;
        if (shown?.Step.Id == _viewStep && _view is not null) return;
        var view = shown is null || StepTimeline.ComponentOf(shown.Step.Type) is not { } id ? null : Components.Find(id)?.View;
        (_view, _viewStep) = (view is null ? null : (view, shown!.Output), shown?.Step.Id);
    }

    // The step whose output the page shows, with what is too large for the record read from its files once.
    private async Task<ShownStep?> ShownAsync(RunView run, CancellationToken ct)
    {
        var step = run.Steps.LastOrDefault(s => s is { Kind: "application", State: "done", Output.ValueKind: JsonValueKind.Object });
        if (step is null) return null;
        return Data is { Shown: { } known } data && data.Run.Id == run.Id && known.Step.Id == step.Id ? known : new(step, await Runs.WholeAsync(Caller, step.Output!.Value, ct));
    }

    private async Task<IReadOnlyDictionary<string, StoredFile>> FilesAsync(JsonElement input, CancellationToken ct)
    {
        var files = new Dictionary<string, StoredFile>(StringComparer.Ordinal);
        if (await RefusalAsync(Permission.ReadFiles) is not null) return files;
        foreach (var (_, id) in InputFiles.Of(input))
            if ((await Files.FindAsync(Caller, id, ct)).TryGet(out var file, out _)) files[id] = file;
        return files;
    }

    private Task SendEventAsync((string Name, JsonElement? Payload) raised) => ActAsync(Permission.StartRuns, async () =>
    {
        var result = await Runs.RaiseEventAsync(Caller, Id, raised.Name, raised.Payload, Left);
        if (result.TryGet(out var run, out var failure)) Data = Data! with { Run = run };
        return failure;
    });

    // A step that starts another run has its own type: others need not be asked for.
    private async Task<IReadOnlyList<RunSummary>> ChildrenAsync(RunView run, CancellationToken ct) => StartsRuns(run)
        ? (await Runs.ListAsync(Caller, new RunFilter { ParentRunId = run.Id, PageSize = ChildrenShown }, ct)).Items : [];

    private static bool StartsRuns(RunView run) => run.Steps.Any(s => s.Type is "Elsa.DispatchWorkflow" or "Elsa.ExecuteWorkflow" or "Elsa.BulkDispatchWorkflows");

    private Task CancelAsync() => ActAsync(Permission.CancelRuns, async () =>
    {
        var result = await Runs.CancelAsync(Caller, Id, Left);
        if (result.TryGet(out var run, out var failure)) Data = Data! with { Run = run };
        return failure;
    });

    private bool IsBroken => Data!.Run is { SubStatus: RunStatuses.Faulted } or { SubStatus: RunStatuses.Suspended, Incidents.Count: > 0 };

    // What is refused the panel says; a run that goes on is watched like any other.
    private Task RepairedAsync(BulkRepaired repaired) => repaired.Runs.All(r => r.Failure is not null) ? Task.CompletedTask : ReloadAsync();

    private Task ControlledAsync()
    {
        _control = null;
        return ReloadAsync();
    }

    private Task RunAgainAsync() => ActAsync(Permission.StartRuns, async () =>
    {
        var result = await Runs.StartAsync(Caller, Data!.Run.DefinitionId, Data.Run.Input, Left);
        if (result.TryGet(out var run, out var failure)) Navigation.NavigateTo($"/runs/{run.Id}");
        return failure;
    });

    private async Task ActAsync(string permission, Func<Task<Failure?>> action)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            _actionFailure = await RefusalAsync(permission) ?? await action();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task DownloadCsvAsync() => await Browser.DownloadAsync($"{FileName}-outputs.csv", "text/csv;charset=utf-8", RunOutputCsv.Write(await OutputAsync()), Left);

    private async Task DownloadJsonAsync() => await Browser.DownloadAsync($"{FileName}-outputs.json", "application/json", JsonSerializer.Serialize(await OutputAsync(), Readable), Left);

    private Task<JsonElement> OutputAsync() => Runs.WholeAsync(Caller, Data!.Run.Output, Left);
}
