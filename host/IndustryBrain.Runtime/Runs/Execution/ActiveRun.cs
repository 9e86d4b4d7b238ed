using System.Buffers;
using System.Text.Json;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using Engine = IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>How a run left its executor.</summary>
internal enum RunOutcome
{
    /// <summary>It ended; recorded.</summary>
    Ended,

    /// <summary>It waits; recorded.</summary>
    Waits,

    /// <summary>Another node owns it, or its commit failed: nothing more may be recorded from here.</summary>
    Lost,
}

/// <summary>One run while this node executes it: walks the engine, performs its calls, and commits at the effect boundaries.</summary>
internal sealed partial class ActiveRun(string organization, RunRecord record, ScenarioExecution engine, RunHistory history, IReadOnlyList<InboxEntry> inbox, bool hasState, RunServices services, int tries = 0) : IDisposable
{
    /// <summary>What takes longer than this is recorded as far as it is, so that other nodes can show it and a crash loses no more.</summary>
    private static readonly TimeSpan ShowAfter = TimeSpan.FromSeconds(2);

    /// <summary>How long the engine walks before this looks for what came meanwhile, such as a cancellation.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<(string StepId, int EarlierAttempts), RunningCall> _calls = [];
    private readonly Dictionary<string, string> _types = [];
    private readonly PendingEvents _pending = new();
    private readonly CancellationTokenSource _callsOff = new();
    private readonly Lock _lock = new();
    private bool _stateChanged;
    private long _recordedAt = services.Time.GetTimestamp();
    private IncidentView? _refused;

    /// <summary>Answers that are told to whoever waits for them once they are on record.</summary>
    private readonly List<AnswerGiven> _given = [];
    private readonly Dictionary<string, Guid> _requests = [];
    private string? _servingStepId = history.ServingStepId;

    private sealed record CallAnswer(ComponentCall Call, Result<JsonElement> Result);

    private sealed record RunningCall(Task<CallAnswer> Answer, CancellationTokenSource Off);

    public Guid Id => record.Id;

    public string Organization => organization;

    public RunRecord Record => record;

    /// <summary>How often in a row it broke where it was taken up.</summary>
    public int Tries => tries;

    /// <summary>True when something was recorded since it was taken up.</summary>
    public bool HasProgressed { get; private set; }

    /// <summary>True when it has left its executor with all that happened on record.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>When it is due again, once it waits.</summary>
    public DateTimeOffset? Due { get; private set; }

    public ChangeSignal Changes { get; } = new();

    public RunView? View()
    {
        lock (_lock)
            return history.ToView();
    }

    public void Dispose()
    {
        _callsOff.Dispose();
        _gone.Dispose();
    }

    /// <summary>Executes until the run ends, waits, or is lost.</summary>
    public async Task<RunOutcome> ExecuteAsync(CancellationToken nodeStops)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(nodeStops, _gone.Token);
        var stopping = either.Token;
        try
        {
            while (true)
            {
                var told = _told.Next;
                await TakeNoteAsync(stopping);
                if (_pause is { } pause)
                {
                    // What is under way outside ends first, and what it gives is kept.
                    if (_calls.Count == 0)
                        return await PauseAsync(pause, stopping) ? RunOutcome.Waits : RunOutcome.Lost;
                    if (!await AnswerAsync(told, stopping))
                        return RunOutcome.Lost;
                    continue;
                }

                var hasPaused = await engine.ContinueAsync(Slice, stopping);
                Publish();
                await GiveCallsUpAsync();
                if (await AskForChildrenAsync(stopping))
                    continue;
                Drain();
                if (_refused is { } refused)
                    return await CommitEndAsync(RunStatuses.Faulted, [.. Incidents(), refused], refused.Timestamp, stopping) ? RunOutcome.Ended : RunOutcome.Lost;
                if (engine.Status == ExecutionStatus.Finished)
                    return await EndAsync(stopping) ? RunOutcome.Ended : RunOutcome.Lost;

                if (_inbox.Count > 0 && await TakeNoteAsync(stopping))
                    continue;
                // Whoever waits for the answer need not wait for what the run does next.
                if (_given.Count > 0 && (hasPaused || engine.PendingCalls.Count > 0) && !await CommitMiddleAsync(stopping))
                    return RunOutcome.Lost;
                if (!await BeginCallsAsync(stopping))
                    return RunOutcome.Lost;
                if (await ResumeDueAsync(stopping))
                    continue;
                if (hasPaused)
                {
                    if (services.Time.GetElapsedTime(_recordedAt) >= ShowAfter && !await CommitMiddleAsync(stopping))
                        return RunOutcome.Lost;
                    continue;
                }

                if (_calls.Count == 0)
                {
                    if ((engine.SubStatus is not Engine.ExecutionSubStatus.Suspended && engine.PendingChildRuns.Count == 0) || Volatile.Read(ref _mustRead) == 1)
                        continue;
                    if (HasWaitedTooLong())
                        return await ExpireAsync(stopping) ? RunOutcome.Ended : RunOutcome.Lost;
                    return await WaitAsync(stopping) ? RunOutcome.Waits : RunOutcome.Lost;
                }

                if (!await AnswerAsync(told, stopping))
                    return RunOutcome.Lost;
            }
        }
        finally
        {
            if (_calls.Count > 0)
                await _callsOff.CancelAsync();
        }
    }

    /// <summary>Ends the run because the platform itself broke.</summary>
    public async Task<bool> BreakAsync(Failure failure, CancellationToken ct)
    {
        var at = services.Time.GetUtcNow();
        _pending.Take();
        _commands.Clear();
        // What the parent was told may have been lost with the commit that broke; told twice it listens once.
        record.ParentAnswered = false;
        return await EndWithAsync(failure, at, ct);
    }

    /// <summary>Ends a run that waited longer than it may, and the runs that it waited for.</summary>
    private Task<bool> ExpireAsync(CancellationToken ct)
    {
        EndAwaitedChildren();
        return EndWithAsync(RuntimeFailures.WaitedTooLong(services.Options.MaxWaitingDays), services.Time.GetUtcNow(), ct);
    }

    private Task<bool> EndWithAsync(Failure failure, DateTimeOffset at, CancellationToken ct) =>
        CommitEndAsync(RunStatuses.Faulted, [.. Incidents(), new IncidentView("", "", "", failure.Code, failure.Message, failure.Where, failure.Action, at)], at, ct);

    private async Task<bool> BeginCallsAsync(CancellationToken ct)
    {
        var fresh = engine.PendingCalls.Where(c => !_calls.ContainsKey(KeyOf(c))).ToArray();

        // Before the outside world is touched it is on record that it will be: the same step, with the same key, is tried again after a crash.
        if (fresh.Any(c => c.HasSideEffects) && !await CommitMiddleAsync(ct))
            return false;
        foreach (var call in fresh)
        {
            var off = CancellationTokenSource.CreateLinkedTokenSource(_callsOff.Token);
            _calls[KeyOf(call)] = new(Task.Run(() => PerformAsync(call, off.Token), CancellationToken.None), off);
        }

        return true;
    }

    private static (string, int) KeyOf(ComponentCall call) => (call.StepId, call.EarlierAttempts);

    /// <summary>Calls off what no step waits for any more: its time was up, or its branch was given up.</summary>
    private async Task GiveCallsUpAsync()
    {
        if (_calls.Count == 0)
            return;
        var pending = engine.PendingCalls.Select(KeyOf).ToHashSet();
        foreach (var (key, call) in _calls.Where(c => !pending.Contains(c.Key)).ToArray())
        {
            _calls.Remove(key);
            await call.Off.CancelAsync();
        }
    }

    private async Task<bool> AnswerAsync(Task told, CancellationToken stopping)
    {
        // A branch that waits while another one computes must not be forgotten with it, and others do not wait for the computation.
        if ((_commands.Count > 0 || (_stateChanged && engine.Bookmarks.Count > 0)) && !await CommitMiddleAsync(stopping))
            return false;

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var next = _pause is null ? EarliestDue() : null;
        var show = _pending.Events.Count > 0 ? Task.Delay(ShowAfter, services.Time, waiting.Token) : null;
        var due = next is { } moment ? Task.Delay(Positive(moment - services.Time.GetUtcNow()), services.Time, waiting.Token) : null;
        List<Task> tasks = [.. _calls.Values.Select(c => c.Answer), told];
        if (show is not null)
            tasks.Add(show);
        if (due is not null)
            tasks.Add(due);
        tasks.Add(Task.Delay(Timeout.InfiniteTimeSpan, services.Time, waiting.Token));
        var first = await Task.WhenAny(tasks);
        await waiting.CancelAsync();
        stopping.ThrowIfCancellationRequested();
        if (first == show)
            return await CommitMiddleAsync(stopping);

        var touched = false;
        foreach (var (key, call) in _calls.Where(c => c.Value.Answer.IsCompleted).ToArray())
        {
            var answer = await call.Answer;
            _calls.Remove(key);
            call.Off.Dispose();
            engine.CompleteCall(key.StepId, answer.Result);
            touched |= answer.Call.HasSideEffects;
            _stateChanged = true;
        }

        if (!touched)
            return true;
        Drain();
        return await CommitMiddleAsync(stopping);
    }

    private async Task<CallAnswer> PerformAsync(ComponentCall call, CancellationToken ct)
    {
        var context = new CallContext(organization, $"{record.Id}:{call.StepId}", services.Files, services.Time,
            (fraction, message) => Change(h => h.Progressed(call.StepId, fraction, message)),
            (level, message) => Change(h => h.Logged(call.StepId, services.Time.GetUtcNow(), level, message)))
        { Environment = record.Environment ?? ScenarioEnvironments.Production, RunId = record.Id };
        try
        {
            var result = call.ComponentId == HttpCall.ComponentId ? await services.Requests.SendAsync(organization, context, call.Input, record.Secrets ?? [], ct)
                : call.ComponentId == ThrottleCall.ComponentId ? await services.Throttles.PassAsync(organization, call.Input, ct)
                : await services.PluginCalls.CallAsync(call.ComponentId, record.Plugins, call.Input, context, organization, ct);
            if (!result.TryGet(out var output, out var failure))
                return new(call, Storable.Clean(failure));
            return new(call, Storable.Fits(output) ? result : RuntimeFailures.NotStorable(call.ComponentId));
        }
        catch (OperationCanceledException)
        {
            return new(call, RuntimeFailures.CallGivenUp(call.ComponentId));
        }
    }

    private async Task<bool> ResumeDueAsync(CancellationToken ct)
    {
        var now = services.Time.GetUtcNow();
        var resumed = false;
        foreach (var bookmark in engine.Bookmarks.Where(b => b.Due <= now).OrderBy(b => b.Due).ToArray())
            resumed |= await IsDecidedAsync(bookmark, ct) || engine.Resume(bookmark.Id, null);
        return resumed;
    }

    private bool HasWaitedTooLong()
    {
        var since = services.Time.GetUtcNow() - TimeSpan.FromDays(services.Options.MaxWaitingDays);
        return !(record.ResumedAt > since) && engine.Bookmarks.Any(b => b.CreatedAt <= since);
    }

    private DateTimeOffset? EarliestDue() => engine.Bookmarks.Min(b => b.Due);

    private void Drain()
    {
        var events = engine.TakeEvents();
        lock (_lock)
        {
            foreach (var e in events)
            {
                if (Translate(e) is not { } raw)
                    continue;
                var entry = Kept(raw);
                _pending.Add(entry);
                _stateChanged = true;
                if (entry is AnswerGiven given)
                    _given.Add(given);
                else
                    history.Apply(entry);
            }

            // Waiting and ended are told only when they are recorded.
            history.Stands(RunStatuses.Executing, Output(), Incidents(), Name(), CorrelationId());
        }

        Changes.Pulse();
    }

    private object? Translate(ExecutionEvent e)
    {
        switch (e)
        {
            case StepStarted s:
                _types[s.StepId] = s.Type;
                return new StepBegan(s.StepId, s.NodeId, s.Type, s.Input, s.At) { Attempt = s.Attempt > 1 ? s.Attempt : null };
            case StepFinished s:
                return new StepEnded(s.StepId, s.NodeId, TypeOf(s.StepId), s.IsSkipped ? StepStates.Skipped : StepStates.Done, null, s.At, null, s.Output, s.Outcomes, null);
            case StepFaulted s:
                return new StepEnded(s.StepId, s.NodeId, TypeOf(s.StepId), StepStates.Faulted, null, s.At, null, null, [], s.Failure) { Attempt = s.Attempt > 1 ? s.Attempt : null };
            case StepCancelled s:
                return new StepEnded(s.StepId, s.NodeId, TypeOf(s.StepId), StepStates.Cancelled, null, s.At, null, null, [], null);
            case StepSuspended s:
                return new StepWaits(s.StepId, s.Bookmark.Id, s.Bookmark.Name, s.Bookmark.EventName ?? HttpWaits.RouteOf(s.Bookmark), s.Bookmark.Due, s.At);
            case StepResumed s:
                return new StepContinued(s.StepId, s.BookmarkId, s.At) { RequestId = _requests.Remove(s.StepId, out var request) ? request : null };
            case ResponseWritten r:
                return new AnswerGiven(_servingStepId, r.StatusCode, r.ContentType, r.Headers, r.Content, r.At) { Files = r.Files, FileName = r.FileName, EntityTag = r.EntityTag, AcceptsRanges = r.AcceptsRanges };
            case LineWritten l:
                return new LineRecorded(l.StepId, l.Text, l.At);
            default:
                return null;
        }
    }

    /// <summary>What scripts and components give was judged where it entered; what a definition itself says is judged here, and ends the run.</summary>
    private object Kept(object entry)
    {
        var clean = entry switch
        {
            StepBegan { Input: { } input } e when !Storable.Fits(input, Storable.MaxDepth + 1) => e with { Input = Storable.Clean(input, Storable.MaxDepth + 1) },
            StepEnded { Output: { } output } e when !Storable.Fits(output) => e with { Output = Storable.Clean(output) },
            StepWaits { EventName: { } name } e when !Storable.Fits(name) => e with { EventName = Storable.Clean(name) },
            LineRecorded e when !Storable.Fits(e.Text) => e with { Text = Storable.Clean(e.Text)! },
            StepEnded { Failure: { } failure } e => e with { Failure = Storable.Clean(failure) },
            _ => entry,
        };
        if (!ReferenceEquals(clean, entry) && clean is not StepEnded { Failure: not null })
            Refuse(clean);
        return clean;
    }

    private void Refuse(object entry)
    {
        var (stepId, at) = entry switch
        {
            StepBegan e => (e.StepId, e.At),
            StepEnded e => (e.StepId, e.At),
            StepWaits e => (e.StepId, e.At),
            LineRecorded e => (e.StepId, e.At),
            _ => ("", services.Time.GetUtcNow()),
        };
        var step = history.Find(stepId);
        var failure = RuntimeFailures.NotStorable(step?.NodeId ?? stepId);
        _refused ??= new(step?.NodeId.Split(':')[^1] ?? "", step?.NodeId ?? "", step?.Type ?? "", failure.Code, failure.Message, failure.Where, failure.Action, at);
    }

    private string TypeOf(string stepId)
    {
        if (_types.Remove(stepId, out var type))
            return type;
        lock (_lock)
            return history.Find(stepId)?.Type ?? "";
    }

    private DateTimeOffset? Began(string stepId)
    {
        lock (_lock)
            return history.Find(stepId)?.StartedAt;
    }

    private void Change(Action<RunHistory> change)
    {
        lock (_lock)
            change(history);
        Changes.Pulse();
    }

    private JsonElement Output()
    {
        var given = engine.Output;
        if (given.Count == 0)
            return NoOutput;
        var output = Storable.Clean(JsonSerializer.SerializeToElement(given, ComponentJsonOptions), Storable.MaxDepth + 1);
        return output.ValueKind == JsonValueKind.Object ? output : JsonSerializer.SerializeToElement(new Dictionary<string, string>());
    }

    private string? Name() => Storable.Clean(engine.Name);

    private string? CorrelationId() => Storable.Clean(engine.CorrelationId);

    private IReadOnlyList<IncidentView> Incidents() => RunIncidents.Of(engine);

    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : span;
}
