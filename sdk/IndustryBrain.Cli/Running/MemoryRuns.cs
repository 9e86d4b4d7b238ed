using System.Globalization;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Running;

/// <summary>One run and all that it starts, executed in memory until each of them waits or has ended.</summary>
internal sealed class MemoryRuns(IReadOnlyDictionary<string, ScenarioDefinition> definitions, ExecutionServices services, IRunAnswers answers, RunFiles files)
{
    // Runs whose events start each other would never end.
    private const int MaxRuns = 1_000;

    private readonly List<MemoryRun> _runs = [];
    private readonly List<string> _lines = [];
    private readonly Queue<MemoryRun> _ready = [];
    private readonly Dictionary<(string RunId, string BookmarkId), int> _seen = [];
    private readonly List<MemoryRun> _dispatched = [];
    private readonly List<PublishedEvent> _unheard = [];

    /// <summary>What WriteLine wrote in all runs, in order.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>What waits in all runs and can be resumed from outside, the oldest first.</summary>
    public IEnumerable<(MemoryRun Run, Bookmark Bookmark)> Waiting =>
        from run in _runs
        where run.Execution.Status == ExecutionStatus.Running
        from bookmark in run.Execution.Bookmarks
        where bookmark.Name is not ("Elsa.DispatchWorkflow" or "Elsa.ExecuteWorkflow" or "Elsa.BulkDispatchWorkflows" or "IndustryBrain.SubScenario")
        orderby _seen.GetValueOrDefault((run.Id, bookmark.Id), int.MaxValue)
        select (run, bookmark);

    /// <summary>Hears what happens in the runs; null when nobody listens.</summary>
    public Action<RunEvent>? Happened { get; init; }

    /// <summary>Executes a definition and what it starts.</summary>
    /// <param name="definition">What to execute.</param>
    /// <param name="start">How it starts; its run id is given here.</param>
    /// <param name="resumption">What waiting runs go on with; null leaves them waiting.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<ScenarioExecution> ExecuteAsync(ScenarioDefinition definition, ExecutionStart start, IResumption? resumption, CancellationToken ct)
    {
        var root = Start(definition, start with { RunId = NextId() }, parent: null, parentStepId: null);
        await DrainAsync(ct);
        if (resumption is not null)
        {
            while (root.Execution.Status == ExecutionStatus.Running && resumption.ResumeNext(this))
            {
                await DrainAsync(ct);
            }
        }

        return root.Execution;
    }

    /// <summary>Resumes what waits at a bookmark; false when it does not wait any more.</summary>
    public bool Resume(MemoryRun run, Bookmark bookmark, JsonElement? payload)
    {
        if (!run.Execution.Resume(bookmark.Id, payload))
        {
            return false;
        }

        _ready.Enqueue(run);
        return true;
    }

    /// <summary>Name of the task that a bookmark waits for, or null.</summary>
    public static string? TaskName(Bookmark bookmark) =>
        bookmark.Name == "Elsa.RunTask" && bookmark.Payload is { ValueKind: JsonValueKind.Object } payload && payload.TryGetProperty("taskName", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private async Task DrainAsync(CancellationToken ct)
    {
        while (_ready.TryDequeue(out var run))
        {
            await StepAsync(run, ct);
        }
    }

    private async Task StepAsync(MemoryRun run, CancellationToken ct)
    {
        var execution = run.Execution;
        await execution.ContinueAsync(ct);
        foreach (var happened in execution.TakeEvents())
        {
            if (happened is LineWritten line)
            {
                _lines.Add(line.Text);
            }

            Happened?.Invoke(new RunEvent(run.Definition, run == _runs[0], happened));
        }

        foreach (var bookmark in execution.Bookmarks)
        {
            _seen.TryAdd((run.Id, bookmark.Id), _seen.Count);
        }

        Hear(run);
        foreach (var published in execution.TakePublishedEvents())
        {
            Publish(run, published);
        }

        if (await AnswerAsync(run, ct))
        {
            _ready.Enqueue(run);
        }

        foreach (var dispatched in _dispatched.Where(d => d.Parent == run).ToList())
        {
            _dispatched.Remove(dispatched);
            _ready.Enqueue(dispatched);
        }

        TellParent(run);
    }

    private async Task<bool> AnswerAsync(MemoryRun run, CancellationToken ct)
    {
        var answered = false;
        foreach (var request in run.Execution.PendingChildRuns.ToList())
        {
            run.Execution.CompleteChildRun(request.StepId, await StartChildAsync(run, request, ct));
            answered = true;
        }

        var calls = run.Execution.PendingCalls.ToList();
        if (calls.Count > 0)
        {
            var results = await Task.WhenAll(calls.Select(call => CallAsync(run, call, ct)));
            for (var i = 0; i < calls.Count; i++)
            {
                if (results[i] is { } result)
                {
                    run.Execution.CompleteCall(calls[i].StepId, result);
                }
                else if (DeadlineOf(run, calls[i]) is { } deadline)
                {
                    run.Execution.Resume(deadline.Id, null);
                }
            }

            answered = true;
        }

        return answered;
    }

    // Null when its time was up.
    private async Task<Result<JsonElement>?> CallAsync(MemoryRun run, ComponentCall call, CancellationToken ct)
    {
        using var off = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var called = answers.CallAsync(call, new MemoryContext($"{run.Id}:{call.StepId}", services.Time, files), off.Token);
        if (DeadlineOf(run, call) is not { Due: { } due } || called.IsCompleted)
        {
            return await called;
        }

        var left = due - services.Time.GetUtcNow();
        var first = await Task.WhenAny(called, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, services.Time, off.Token));
        await off.CancelAsync();
        return first == called ? await called : null;
    }

    private static Bookmark? DeadlineOf(MemoryRun run, ComponentCall call) => run.Execution.Bookmarks.FirstOrDefault(b => b.StepId == call.StepId && b.Name == ScenarioExecution.DeadlineName);

    private async Task<Result<ChildRunState>> StartChildAsync(MemoryRun parent, ChildRunRequest request, CancellationToken ct)
    {
        if (answers.Child(request) is { } given)
        {
            return given;
        }

        if (!definitions.TryGetValue(request.DefinitionId, out var definition))
        {
            return CliFailures.DefinitionNotImported(request.DefinitionId);
        }

        if (request.Version is { } version && definition.Version != version)
        {
            return request.VersionMissing();
        }

        if (parent.Depth + 1 > services.Limits.MaxRunDepth)
        {
            return CliFailures.RunsTooDeep(services.Limits.MaxRunDepth);
        }

        if (_runs.Count >= MaxRuns)
        {
            return CliFailures.TooManyRuns(MaxRuns);
        }

        var start = new ExecutionStart(NextId(), request.Input) { CorrelationId = request.CorrelationId, ParentRunId = parent.Id };
        var child = Start(definition, start, parent, request.WaitsForCompletion ? request.StepId : null, isReady: false);
        if (request.IsInline)
        {
            await StepInlineAsync(child, ct);
        }
        else
        {
            // Begins when its parent's step has been answered, as a dispatched run does.
            _dispatched.Add(child);
        }

        return StateOf(child);
    }

    // The child goes first; what else became ready meanwhile keeps its order behind it.
    private async Task StepInlineAsync(MemoryRun child, CancellationToken ct)
    {
        var waiting = _ready.ToList();
        _ready.Clear();
        _ready.Enqueue(child);
        await DrainAsync(ct);
        foreach (var run in waiting)
        {
            _ready.Enqueue(run);
        }
    }

    private MemoryRun Start(ScenarioDefinition definition, ExecutionStart start, MemoryRun? parent, string? parentStepId, bool isReady = true)
    {
        var run = new MemoryRun(start.RunId, definition, ScenarioExecution.Start(definition, services, start), (parent?.Depth ?? -1) + 1, parent, parentStepId);
        _runs.Add(run);
        if (isReady)
        {
            _ready.Enqueue(run);
        }

        return run;
    }

    private void TellParent(MemoryRun run)
    {
        if (run is not { Parent: { } parent, ParentStepId: { } stepId } || run.Execution.Status != ExecutionStatus.Finished)
        {
            return;
        }

        if (parent.Execution.ResumeChildRun(stepId, StateOf(run)))
        {
            _ready.Enqueue(parent);
        }
    }

    private void Publish(MemoryRun from, PublishedEvent published)
    {
        if (published.IsLocal)
        {
            return;
        }

        var heard = false;
        foreach (var definition in definitions.Values)
        {
            foreach (var trigger in EventTriggers.Of(definition, published.Name))
            {
                if (_runs.Count >= MaxRuns)
                {
                    Complaint.Write(CliFailures.TooManyRuns(MaxRuns) with { Where = published.Name });
                    return;
                }

                var start = new ExecutionStart(NextId(), InputJsonElements.Empty) { CorrelationId = published.CorrelationId, TriggerActivityId = trigger, TriggerPayload = published.Payload };
                Start(definition, start, parent: null, parentStepId: null);
                heard = true;
            }
        }

        // The publisher's own bookmarks have been served by the engine.
        foreach (var run in _runs.Where(r => r != from).ToList())
        {
            heard |= Deliver(run, published);
        }

        if (!heard)
        {
            _unheard.Add(published);
        }
    }

    // An event that nobody waited for is kept until somebody does.
    private void Hear(MemoryRun run)
    {
        foreach (var published in _unheard.ToList())
        {
            if (Deliver(run, published))
            {
                _unheard.Remove(published);
            }
        }
    }

    private bool Deliver(MemoryRun run, PublishedEvent published)
    {
        if (run.Execution.Status != ExecutionStatus.Running || (published.CorrelationId is not null && published.CorrelationId != run.Execution.CorrelationId))
        {
            return false;
        }

        var delivered = false;
        foreach (var bookmark in run.Execution.Bookmarks.Where(b => b.EventName == published.Name).ToList())
        {
            delivered |= run.Execution.Resume(bookmark.Id, published.Payload);
        }

        if (delivered)
        {
            _ready.Enqueue(run);
        }

        return delivered;
    }

    private static ChildRunState StateOf(MemoryRun run) =>
        new(run.Id, run.Execution.Status, run.Execution.SubStatus, JsonSerializer.SerializeToElement(run.Execution.Output, InputJson.Default.JsonObject));

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"run-{_runs.Count + 1}");
}
