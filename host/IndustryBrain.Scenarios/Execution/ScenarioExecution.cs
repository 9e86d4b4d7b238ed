using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>
/// One run as a state machine: it walks the definition, asks its shell for component calls, and stops where it must wait.
/// Not thread-safe; between calls its whole state can be saved, and a restored execution continues identically.
/// One that was interrupted inside <see cref="ContinueAsync"/> by a cancelled token is discarded and restored from what was saved.
/// </summary>
public sealed partial class ScenarioExecution
{
    private readonly ScenarioDefinition _definition;
    private readonly ExecutionServices _services;
    private readonly ExecutionScope _scope;
    private readonly List<ExecutionEvent> _events = [];
    private readonly List<PublishedEvent> _published = [];
    private readonly List<LocalEvent> _localEvents = [];
    private readonly List<Waiting<Bookmark>> _bookmarks = [];
    private readonly List<Waiting<ComponentCall>> _calls = [];
    private readonly List<Waiting<ChildRunRequest>> _children = [];
    private readonly List<string> _lines = [];
    private readonly List<Incident> _incidents = [];
    private readonly Dictionary<string, object?> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> _output = new(StringComparer.Ordinal);
    private readonly List<BrokenRecord> _broken = [];
    private ActivityRecord _root = new(0, null, null);
    private int _steps;
    private int _bookmarkCount;
    private int _unfinished;
    private object? _lastResult;

    private ScenarioExecution(ScenarioDefinition definition, ExecutionServices services, string runId)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(services);
        (_definition, _services, RunId) = (definition, services, runId);
        _scope = new ExecutionScope(this);
    }

    /// <summary>Id of the run.</summary>
    public string RunId { get; }

    /// <summary>The run that started this one, or null.</summary>
    public string? ParentRunId { get; private set; }

    /// <summary>Main status.</summary>
    public ExecutionStatus Status { get; private set; }

    /// <summary>Status in detail.</summary>
    public ExecutionSubStatus SubStatus { get; private set; }

    /// <summary>Component calls that the shell performs and answers.</summary>
    public IReadOnlyList<ComponentCall> PendingCalls => [.. _calls.Select(c => c.For)];

    /// <summary>Runs that the shell starts and answers.</summary>
    public IReadOnlyList<ChildRunRequest> PendingChildRuns => [.. _children.Select(c => c.For)];

    /// <summary>What the run waits for, oldest first.</summary>
    public IReadOnlyList<Bookmark> Bookmarks => [.. _bookmarks.Select(b => b.For)];

    /// <summary>The output so far.</summary>
    public JsonObject Output => new(_output.Select(o => KeyValuePair.Create(o.Key, ValueJson.ToNode(o.Value))));

    /// <summary>What WriteLine wrote.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Incident> Incidents => _incidents;

    /// <summary>Name of the run.</summary>
    public string? Name { get; private set; }

    /// <summary>Correlation id.</summary>
    public string? CorrelationId { get; private set; }

    private string? TriggerActivityId { get; set; }

    private object? TriggerPayload { get; set; }

    /// <summary>A new run, with nothing executed yet.</summary>
    public static ScenarioExecution Start(ScenarioDefinition definition, ExecutionServices services, ExecutionStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var execution = new ScenarioExecution(definition, services, start.RunId)
        {
            CorrelationId = start.CorrelationId,
            Name = start.Name,
            ParentRunId = start.ParentRunId,
            TriggerActivityId = start.TriggerActivityId,
            TriggerPayload = start.TriggerPayload is { } payload ? ValueJson.FromElement(payload) : null,
        };
        if (start.Input.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in start.Input.EnumerateObject())
                execution._inputs[member.Name] = ValueJson.FromElement(member.Value);
        }

        execution._unfinished = 1;
        DeclareVariables(execution._root, definition.Variables);
        if (definition.Root is { } root)
            execution.Enqueue(new WorkItem(WorkKind.Schedule, execution._root, root, null, false));
        else
            execution.EndRecord(execution._root, ActivityStatus.Completed);
        return execution;
    }

    /// <summary>Runs until it needs an answer, waits, or has ended.</summary>
    public async ValueTask ContinueAsync(CancellationToken cancellationToken) => await ContinueAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Runs until it needs an answer, waits, or has ended; pauses between two steps once it has run for so long, so that its shell can record it and hear that it is cancelled.</summary>
    /// <param name="atMost">Time after which it pauses; <see cref="Timeout.InfiniteTimeSpan"/> for never. A step under way is not interrupted.</param>
    /// <param name="cancellationToken">Interrupts it; then it has to be discarded.</param>
    /// <returns>True when it paused with work left: its state can be saved, and it goes on with the next call.</returns>
    public async ValueTask<bool> ContinueAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (Status == ExecutionStatus.Finished)
            return false;
        SubStatus = ExecutionSubStatus.Executing;
        var started = _services.Time.GetTimestamp();
        _isAborted = false;
        do
        {
            if (!await DrainAsync(started, atMost, cancellationToken))
                return true;
        }
        while (Settle());
        return false;
    }

    /// <summary>Answers a component call. An answer to a call that is no longer pending is ignored.</summary>
    public void CompleteCall(string stepId, Result<JsonElement> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var index = _calls.FindIndex(c => c.For.StepId == stepId);
        if (index < 0 || Status == ExecutionStatus.Finished)
            return;
        var record = _calls[index].Record;
        _calls.RemoveAt(index);
        Enqueue(new WorkItem(WorkKind.Answer, record, null, result, false));
    }

    /// <summary>
    /// Answers a child run request. For one that waits and is answered with an unfinished child, a bookmark <c>Elsa.ExecuteWorkflow</c>
    /// or <c>Elsa.DispatchWorkflow</c> is left, whose payload names the child; <see cref="ResumeChildRun"/> resumes it.
    /// </summary>
    public void CompleteChildRun(string stepId, Result<ChildRunState> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var index = _children.FindIndex(c => c.For.StepId == stepId);
        if (index < 0 || Status == ExecutionStatus.Finished)
            return;
        var waiting = _children[index];
        _children.RemoveAt(index);
        waiting.Record.WaitsForChild = waiting.For.WaitsForCompletion;
        var answer = new WorkItem(WorkKind.ChildAnswer, waiting.Record, null, result, false);
        if (waiting.For.IsInline)
            EnqueueFirst(answer);
        else
            Enqueue(answer);
    }

    /// <summary>Resumes what waits at a bookmark; work begins with the next <see cref="ContinueAsync"/>.</summary>
    /// <param name="bookmarkId">The bookmark.</param>
    /// <param name="payload">What came: an event's payload, a task's result, a child's output; or null.</param>
    /// <returns>False when there is no such bookmark any more.</returns>
    public bool Resume(string bookmarkId, JsonElement? payload)
    {
        var index = _bookmarks.FindIndex(b => b.For.Id == bookmarkId);
        if (index < 0 || Status == ExecutionStatus.Finished)
            return false;
        Resume(index, payload is { } p ? ValueJson.FromElement(p.Clone()) : null);
        return true;
    }

    /// <summary>Tells a step that waits for a run it has started that this run has ended.</summary>
    /// <param name="stepId">The step that asked for it.</param>
    /// <param name="child">How it ended.</param>
    /// <returns>False when no such step waits (any more).</returns>
    public bool ResumeChildRun(string stepId, ChildRunState child)
    {
        ArgumentNullException.ThrowIfNull(child);
        var index = _bookmarks.FindIndex(b => b.For.StepId == stepId && b.For.Name == b.Record.Node!.Type);
        if (index < 0 || Status == ExecutionStatus.Finished)
            return false;
        Resume(index, _bookmarks[index].Record.Node!.Kind is Definitions.Model.ActivityKind.BulkDispatchWorkflows or Definitions.Model.ActivityKind.SubScenario ? StateOf(child) : ValueJson.FromElement(child.Output.Clone()));
        return true;
    }

    /// <summary>Gives the run up.</summary>
    public void Cancel()
    {
        if (Status == ExecutionStatus.Finished)
            return;
        _queue.Clear();
        CancelChildren(_root);
        EndRecord(_root, ActivityStatus.Canceled);
        (Status, SubStatus) = (ExecutionStatus.Finished, ExecutionSubStatus.Cancelled);
        DropWaiting();
    }

    /// <summary>What happened since events were last taken.</summary>
    public IReadOnlyList<ExecutionEvent> TakeEvents()
    {
        ExecutionEvent[] taken = [.. _events];
        _events.Clear();
        _reported = 0;
        return taken;
    }

    /// <summary>Events published to other runs since they were last taken.</summary>
    public IReadOnlyList<PublishedEvent> TakePublishedEvents()
    {
        PublishedEvent[] taken = [.. _published];
        _published.Clear();
        return taken;
    }

    private DateTimeOffset Now => _services.Time.GetUtcNow();

    private void Resume(int index, object? payload)
    {
        var (record, bookmark) = _bookmarks[index];
        _bookmarks.RemoveAt(index);
        if (bookmark.Name != DeadlineName)
            _events.Add(new StepResumed(record.StepId, bookmark.NodeId, Now, bookmark.Id));
        var kind = bookmark.Name switch { DeadlineName => WorkKind.TimeUp, PauseName => WorkKind.Again, _ => WorkKind.Resume };
        Enqueue(new WorkItem(kind, record, null, payload, false));
    }
}
