using System.Runtime.CompilerServices;
using System.Text.Json;
using IndustryBrain.Runtime.Inputs;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Retention;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs;

/// <summary>Accepts, shows and cancels runs. Safe for use from many threads.</summary>
public sealed class RunCoordinator
{
    /// <summary>How often a watcher looks at a run of its own accord, in case news got lost, and how often at most it tells of one.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CommandGrace = TimeSpan.FromSeconds(5);
    private static readonly JsonElement NoInput = JsonElement.Parse("{}");

    private readonly ScenarioLibrary _library;
    private readonly DefinitionCache _definitions;
    private readonly RunInputs _inputs;
    private readonly RunExecutor _executor;
    private readonly RunServices _services;
    private readonly WorkQueue _queue;
    private readonly ScenarioPauses _pauses;
    private readonly UsageMeter _quotas;
    private readonly RunArchives _archives;

    internal RunCoordinator(ScenarioLibrary library, DefinitionCache definitions, RunInputs inputs, RunExecutor executor, RunServices services, WorkQueue queue, ScenarioPauses pauses, UsageMeter quotas, RunArchives archives) =>
        (_library, _definitions, _inputs, _executor, _services, _queue, _pauses, _quotas, _archives) = (library, definitions, inputs, executor, services, queue, pauses, quotas, archives);

    /// <summary>
    /// Accepts a run of the scenario's published version and starts it. The answer comes as soon as the run is on record; from then on it is executed, whatever happens to this process.
    /// A run of a scenario that somebody holds is accepted and paused. Refused: as much in use as the organization may (IB3135–IB3138), unknown or unpublished scenario (IB3001, IB3002), input that does not fit (IB71xx, IB3008–IB3010, IB3017), too many runs waiting for their turn (IB3006), a plugin that takes no new runs (IB3031–IB3033).
    /// </summary>
    public Task<Result<RunView>> StartAsync(Caller caller, string definitionId, JsonElement input, CancellationToken cancellationToken) =>
        StartAsync(caller, definitionId, ScenarioEnvironments.Production, input, cancellationToken);

    /// <summary>Likewise in an environment, test or production; refused besides: no such environment (IB3122), no version is live there (IB3120, IB3121).</summary>
    public Task<Result<RunView>> StartAsync(Caller caller, string definitionId, string environment, JsonElement input, CancellationToken cancellationToken) =>
        StartAsync(caller, definitionId, environment, input, id: null, cancellationToken);

    /// <summary>Likewise; with an id of its own, whoever asks a second time gets the run that is there.</summary>
    internal async Task<Result<RunView>> StartAsync(Caller caller, string definitionId, string environment, JsonElement input, Guid? id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!(await _library.FindPublishedAsync(caller.Organization, definitionId, environment, isPart: false, cancellationToken)).TryGet(out var published, out var failure))
            return failure;
        input = published.Complete(input);
        if ((_quotas.RefusePayload(caller.Organization, input) ?? await _inputs.CheckAsync(caller, published.Definition, input, cancellationToken)) is { } refused)
            return refused;
        return await AcceptAsync(caller, published, input.Clone(), trigger: null, correlationId: null, id, cancellationToken);
    }

    /// <summary>Accepts a run that a trigger activity starts. With an id of its own, whoever asks a second time gets the run that is there.</summary>
    internal async Task<Result<RunView>> StartAsync(Caller caller, string definitionId, string environment, RunTrigger trigger, string? correlationId, Guid? id, CancellationToken cancellationToken)
    {
        if (!(await _library.FindPublishedAsync(caller.Organization, definitionId, environment, isPart: false, cancellationToken)).TryGet(out var published, out var failure))
            return failure;
        if (_quotas.RefusePayload(caller.Organization, trigger.Payload) is { } tooLarge)
            return tooLarge;
        return await AcceptAsync(caller, published, published.Complete(NoInput), trigger, correlationId, id, cancellationToken);
    }

    private async Task<Result<RunView>> AcceptAsync(Caller caller, PublishedScenario published, JsonElement input, RunTrigger? trigger, string? correlationId, Guid? id, CancellationToken cancellationToken)
    {
        var definition = published.Definition;
        if (_services.Store.IsBehind)
            return RuntimeFailures.DatabaseBehind();
        if (await _quotas.RefuseAsync(caller.Organization, cancellationToken) is { } exceeded)
            return exceeded;
        var pause = await _pauses.FindAsync(caller.Organization, definition.DefinitionId, cancellationToken);
        var at = _services.Time.GetUtcNow();
        var accepted = new RunAccepted(definition.DefinitionId, definition.Profile.Name, definition.Version, input, caller.Actor, at) { Plugins = published.Plugins, Environment = published.RecordedEnvironment, Secrets = published.Secrets, Trigger = trigger, CorrelationId = correlationId, Pause = pause };
        var record = RunRecord.Of(id ?? Guid.CreateVersion7(at), accepted);
        await _services.PluginCalls.EnsureAsync(published.Plugins, cancellationToken);
        var startsNow = pause is null && _executor.IsOpen && _executor.Slots.TryTake(caller.Organization);
        if (!startsNow && await _queue.CountQueuedAsync(caller.Organization, pause is null ? WorkStates.Queued : WorkStates.Paused, cancellationToken) >= _services.Options.MaxQueued)
            return RuntimeFailures.QueueFull(_services.Options.MaxQueued);
        var isAccepted = false;
        try
        {
            isAccepted = await _services.Store.AcceptAsync(caller, record, accepted, startsNow ? _executor.NodeId : null);
        }
        finally
        {
            // When it failed nobody was told that it is accepted, but it may be: the node looks for such runs of its own.
            if (startsNow && !isAccepted)
                _executor.Slots.Release(caller.Organization);
        }

        if (!isAccepted)
            return await GetAsync(caller, record.Id, cancellationToken);
        _quotas.Started(caller.Organization);
        if (startsNow)
            _executor.Start(caller.Organization, record, accepted, definition);
        if (_executor.Find(caller.Organization, record.Id)?.View() is { } live)
            return live;
        var history = _executor.NewHistory(record.Id, definition);
        history.Apply(accepted);
        return history.ToView()!;
    }

    /// <summary>The run as it stands: what is on record, and on the node that executes it also what is not yet.</summary>
    public async Task<Result<RunView>> GetAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (_executor.Find(caller.Organization, id)?.View() is { } live)
            return live;
        return await _services.Store.ReadAsync(caller.Organization, id, withState: false, waitsFor: null, cancellationToken) is { } recorded
            ? await ViewAsync(caller, recorded, cancellationToken)
            : await FromArchiveAsync(caller, id, cancellationToken);
    }

    private async Task<Result<RunView>> FromArchiveAsync(Caller caller, Guid id, CancellationToken ct)
    {
        if (await _archives.FindAsync(caller.Organization, id, ct) is not { } archived)
            return RuntimeFailures.RunUnknown(id);
        if (!(await _archives.OpenAsync(caller.Organization, archived, ct)).TryGet(out var opened, out var failure))
            return failure;
        return (await ViewAsync(caller, opened, ct)) with { Archive = archived };
    }

    /// <summary>Runs of the caller's organization, newest first.</summary>
    public Task<RunPage> ListAsync(Caller caller, RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(filter);
        return _services.Store.ListAsync(caller.Organization, filter, cancellationToken);
    }

    /// <summary>The run as soon as it ended or waits for something, at the latest after <paramref name="atMost"/>.</summary>
    public Task<Result<RunView>> WaitAsync(Caller caller, Guid id, TimeSpan atMost, CancellationToken cancellationToken) =>
        WaitAsync(caller, id, static view => view.HasEnded || view.IsWaiting || view.IsPaused, atMost, cancellationToken);

    /// <summary>The run as soon as it answered a request, or will not any more because it ended or waits for something else; at the latest after <paramref name="atMost"/>.</summary>
    /// <param name="caller">Who waits.</param>
    /// <param name="id">The run.</param>
    /// <param name="endpointStepId">The step that took the request; null for the request that started the run.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal Task<Result<RunView>> WaitForAnswerAsync(Caller caller, Guid id, string? endpointStepId, TimeSpan atMost, CancellationToken cancellationToken) =>
        WaitAsync(caller, id, view => view.HasEnded || view.AnswerTo(endpointStepId) is not null || (view.IsWaiting && !view.Steps.Any(s => s.Id == endpointStepId && s.WaitsFor is not null)), atMost, cancellationToken);

    /// <summary>Hands a request to the endpoint that waits for it.</summary>
    internal Task GiveRequestAsync(Caller caller, Guid id, RequestCame request) => _executor.TellAsync(caller, "run.request", id, request);

    /// <summary>
    /// Ends the run at the next opportunity: at once when it waits, else as soon as the node that executes it can. The runs that it waits for are cancelled with it; those that it started without waiting go on.
    /// Refused: unknown (IB3005), already ended (IB3007).
    /// </summary>
    public async Task<Result<RunView>> CancelAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (await _services.Store.FindAsync(caller.Organization, id, cancellationToken) is not { } record)
            return RuntimeFailures.RunUnknown(id);
        if (record.Status == RunStatuses.Finished)
            return RuntimeFailures.RunEnded(id);
        await _services.Store.SendAsync(caller, "run.cancel", id, new EndRun(id), cancellationToken);
        var left = await WaitAsync(caller, id, static view => view.HasEnded, CommandGrace, cancellationToken);
        // It reached its end while the command was on its way.
        return left.TryGet(out var run, out _) && run.HasEnded && run.SubStatus != RunStatuses.Cancelled ? RuntimeFailures.RunEnded(id) : left;
    }

    /// <summary>
    /// Gives the run an event that it waits for; it goes on at the node that owns it, or at any when it waits. Refused: unknown (IB3005), does not wait for it (IB3023).
    /// </summary>
    public async Task<Result<RunView>> RaiseEventAsync(Caller caller, Guid id, string name, JsonElement? payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(name);
        if (await FindWaitingAsync(caller, id, name, cancellationToken) is not { } found)
            return RuntimeFailures.RunUnknown(id);
        var (before, waits) = found;
        if (before.HasEnded || !waits)
            return RuntimeFailures.EventNotAwaited(id, name);
        var waiting = before.Steps.Where(s => IsWaiting(s, name)).Select(s => s.Id).ToHashSet();
        var change = NextChange(caller, id);
        await _executor.TellAsync(caller, "run.event", id, new EventCame(name, payload) { IsAddressed = true });
        // Nothing is to be seen before whoever has the run takes note of it.
        await PauseAsync(change, LookEvery, cancellationToken);
        return await WaitAsync(caller, id, view => view.HasEnded || view.IsPaused || (view.IsWaiting && view.Steps.All(s => s.WaitsFor is null || !waiting.Contains(s.Id))), CommandGrace, cancellationToken);
    }

    /// <summary>An input or output of a run, with the large members that stand in files (<c>{"file":id,"size":bytes}</c>) put back, each up to <see cref="RunOptions.ShownBytes"/>.</summary>
    public Task<JsonElement> WholeAsync(Caller caller, JsonElement value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _services.Blobs.RestoreAsync(caller.Organization, value, cancellationToken);
    }

    /// <summary>The run as it stands, then again after each change until it ended; nothing when it does not exist.</summary>
    public async IAsyncEnumerable<RunView> WatchAsync(Caller caller, Guid id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        (long Revision, string SubStatus) seen = (-1, "");
        while (true)
        {
            var change = NextChange(caller, id);
            if (!(await GetAsync(caller, id, cancellationToken)).TryGet(out var view, out _))
                yield break;
            if ((view.Revision, view.SubStatus) != seen)
            {
                seen = (view.Revision, view.SubStatus);
                yield return view;
            }

            if (view.HasEnded)
                yield break;
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(change, Task.Delay(LookEvery, _services.Time, enough.Token));
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Delay(TellEvery, _services.Time, cancellationToken);
        }
    }

    private async Task<RunView> ViewAsync(Caller caller, RecordedRun recorded, CancellationToken ct)
    {
        var definition = await _definitions.GetAsync(caller.Organization, recorded.Record.DefinitionId, recorded.Record.Version, ct);
        var history = _executor.NewHistory(recorded.Record.Id, definition);
        foreach (var entry in recorded.Events)
            history.Apply(entry);
        var view = history.ToView()! with { StepCount = recorded.Record.StepCount };
        return view.SubStatus == RunStatuses.Pending ? view with { Held = await _queue.HeldAsync(view.Id, _services.Time.GetUtcNow(), ct) } : view;
    }

    private static bool IsWaiting(StepView step, string name) => step.WaitsFor == $"Elsa.Event:{name}";

    /// <summary>The run as it stands, and whether it is on record as waiting for the event; null when there is none.</summary>
    private async Task<(RunView View, bool Waits)?> FindWaitingAsync(Caller caller, Guid id, string name, CancellationToken ct)
    {
        // No event is called so, and PostgreSQL refuses to look for it.
        var asked = name.Contains('\0', StringComparison.Ordinal) ? null : name;
        var deadline = _services.Time.GetUtcNow() + CommandGrace;
        while (_executor.Find(caller.Organization, id)?.View() is { } live)
        {
            var waits = asked is not null && await _services.Inbox.WaitsForAsync(id, asked, ct);
            // Who has the run shows that it waits a moment before that is on record.
            if (waits || !live.Steps.Any(s => IsWaiting(s, name)) || _services.Time.GetUtcNow() >= deadline)
                return (live, waits);
            await PauseAsync(NextChange(caller, id), TellEvery, ct);
        }

        return await _services.Store.ReadAsync(caller.Organization, id, withState: false, asked, ct) is { } recorded
            ? (await ViewAsync(caller, recorded, ct), recorded.WaitsForIt)
            : null;
    }

    internal async Task<Result<RunView>> WaitAsync(Caller caller, Guid id, Func<RunView, bool> until, TimeSpan atMost, CancellationToken ct)
    {
        var deadline = _services.Time.GetUtcNow() + atMost;
        ActiveRun? live = null;
        while (true)
        {
            var change = NextChange(caller, id);
            live = _executor.Find(caller.Organization, id) ?? live;
            // What this node has just recorded needs no reading back.
            if (live is { IsRecorded: true } && live.View() is { } recorded && until(recorded))
                return recorded;
            var found = await GetAsync(caller, id, ct);
            var left = deadline - _services.Time.GetUtcNow();
            if (!found.TryGet(out var view, out _) || until(view) || left <= TimeSpan.Zero)
                return found;
            await PauseAsync(change, left < LookEvery ? left : LookEvery, ct);
        }
    }

    /// <summary>Until the change, or until so much time has passed.</summary>
    private async Task PauseAsync(Task change, TimeSpan atMost, CancellationToken ct)
    {
        await change.WaitAsync(atMost, _services.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    private Task NextChange(Caller caller, Guid id) => _executor.Find(caller.Organization, id)?.Changes.Next ?? _services.Changes.Next(id);
}
