using System.Text.Json;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Triggers.Folders;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>Starts runs by time and by events, each in the transaction that records the firing: it happens once, whatever happens to this process. Safe for use from many threads.</summary>
public sealed class ScenarioTriggers
{
    private const int AtOnce = 200;

    private readonly TriggerStore _store;
    private readonly ScenarioLibrary _library;
    private readonly WorkQueue _queue;
    private readonly RunExecutor _executor;
    private readonly LimitedStarts _limited;
    private readonly IOrganizationSessions _sessions;
    private readonly ScenarioPauses _pauses;
    private readonly UsageMeter _quotas;
    private readonly RunOptions _runs;
    private readonly TriggerOptions _options;
    private readonly TimeProvider _time;

    internal ScenarioTriggers(
        TriggerStore store, ScenarioLibrary library, WorkQueue queue, RunExecutor executor, LimitedStarts limited, IOrganizationSessions sessions, ScenarioPauses pauses, UsageMeter quotas, IOptions<RunOptions> runs, IOptions<TriggerOptions> options, TimeProvider time) =>
        (_store, _library, _queue, _executor, _limited, _sessions, _pauses, _quotas, _runs, _options, _time) = (store, library, queue, executor, limited, sessions, pauses, quotas, runs.Value, options.Value, time);

    /// <summary>The triggers of the organization's published scenarios, what fires next first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="definitionId">Only those of this scenario; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<TriggerView>> ListAsync(Caller caller, string? definitionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _store.ListAsync(caller.Organization, definitionId, cancellationToken);
    }

    /// <summary>
    /// Publishes an event for the organization: it goes on with the runs that wait for it and starts those whose trigger it is. With a key of the caller's own, the second time changes nothing.
    /// </summary>
    public async Task PublishAsync(Caller caller, string name, string? correlationId, JsonElement? payload, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Open(caller.Organization);
        await session.BeginTransactionAsync(cancellationToken);
        if (idempotencyKey is not null && !await RunInbox.ReceiveAsync(session.Connection!, ChildAdmission.IdOf(caller.Organization, "event", name, idempotencyKey), cancellationToken))
            return;
        session.Append(caller, "event.publish", "event", name.Length <= 200 ? name : name[..200]);
        await PublishAsync(session, new PublishEvent(name, correlationId, payload, Guid.Empty), cancellationToken);
        await session.SaveChangesAsync(cancellationToken);
        _executor.Wake.Pulse();
    }

    /// <summary>
    /// Accepts a run of a trigger with limits for whoever asks for it. With an id of its own, whoever asks a second time gets the run that is there.
    /// </summary>
    internal async Task<TriggeredRun> StartAsync(Caller caller, string definitionId, string environment, RunTrigger trigger, StartLimits limits, string? correlationId, Guid? id, CancellationToken ct)
    {
        await using var session = _sessions.Open(caller.Organization);
        await session.BeginTransactionAsync(ct);
        await LimitedStarts.LockAsync(session.Connection!, [new StartKey(RunScope.KeyOf(caller.Organization, environment), definitionId, limits.KeyOf(trigger.Payload, correlationId)).Lock], ct);
        var started = await AcceptAsync(session, caller, new(definitionId, trigger, limits) { Environment = environment, CorrelationId = correlationId, Id = id, CanWait = true }, _time.GetUtcNow(), ct);
        if (started.Refused is not null)
            return started;
        session.QueueSqlCommand("select 1");
        await session.SaveChangesAsync(ct);
        _executor.Wake.Pulse();
        return started;
    }

    /// <summary>Hands an event on in the transaction of a session.</summary>
    internal async Task PublishAsync(IDocumentSession session, PublishEvent published, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        var at = _time.GetUtcNow();
        var arrived = new Arrived(TriggerKind.Event, [published.Name], published.Payload) { Environment = published.Environment, CorrelationId = published.CorrelationId };
        var triggers = await TriggerStore.OfAsync(session.Connection!, session.TenantId, arrived.Environment, arrived.Kind, arrived.Said, ct);
        var (isTaken, _) = await StartEachAsync(session, triggers, arrived, [RunWaits.KeyOf(session.TenantId, published.Name)], at, ct);
        RunWaits.Publish(session, published, at, isTaken);
    }

    /// <summary>Hands on in the transaction of a session what arrived: it starts the runs whose trigger it is, and goes on with those that wait for it.</summary>
    /// <returns>False when the platform takes no run now and it can wait: the session is not to be saved.</returns>
    internal async Task<bool> ArriveAsync(IDocumentSession session, Arrived arrived, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        var at = _time.GetUtcNow();
        var events = arrived.Said.Select(said => TriggerNode.EventNameOf(arrived.Kind, said)).ToList();
        var triggers = await TriggerStore.OfAsync(session.Connection!, session.TenantId, arrived.Environment, arrived.Kind, arrived.Said, ct);
        var (_, mustWait) = await StartEachAsync(session, [.. triggers.Where(t => t.Starts)], arrived, [.. events.Select(e => RunWaits.KeyOf(session.TenantId, e))], at, ct);
        if (mustWait && arrived.CanWait)
            return false;
        foreach (var name in events)
        {
            if (await IsFirstAsync(session, arrived.Key, ["waits", name], ct))
                RunWaits.Publish(session, new PublishEvent(name, null, arrived.Payload, Guid.Empty) { Environment = arrived.Environment }, at, isTaken: true);
        }

        return true;
    }

    /// <summary>Lets a stored file arrive in a folder, once. Refused: nobody takes it there (IB3106), too many runs wait for their turn (IB3006).</summary>
    internal async Task<Failure?> ArriveAsync(Caller caller, string folder, StoredFile file, CancellationToken ct)
    {
        var said = (await _store.SaidAsync(TriggerKind.File, ct))[caller.Organization].Where(s => FileArrival.Takes(s, folder, file.Name)).ToList();
        if (said.Count == 0)
            return StartRefusals.NoTaker(folder, file.Name);
        await using var session = _sessions.Open(caller.Organization);
        session.Append(caller, "file.arrive", "file", file.Id);
        var arrived = FileArrival.Of(said, folder, file, _time.GetUtcNow()) with { Key = $"{folder}\n{file.Id}" };
        if (!await ArriveAsync(session, arrived, ct))
            return RuntimeFailures.QueueFull(_runs.MaxQueued);
        await session.SaveChangesAsync(ct);
        _executor.Wake.Pulse();
        return null;
    }

    /// <summary>Starts the scenarios whose trigger the end of a run is, in the transaction of a session.</summary>
    internal Task RunStoppedAsync(IDocumentSession session, RunStopped stopped, CancellationToken ct)
    {
        var payload = JsonSerializer.SerializeToElement(new { runId = stopped.RunId, scenarioId = stopped.DefinitionId, status = stopped.SubStatus, output = stopped.Output, at = stopped.At });
        return ArriveAsync(session, new(TriggerKind.Run, [$"{stopped.DefinitionId} any", $"{stopped.DefinitionId} {stopped.SubStatus.ToLowerInvariant()}"], payload)
        {
            Environment = stopped.Environment ?? ScenarioEnvironments.Production,
            CorrelationId = stopped.CorrelationId,
            Key = stopped.RunId.ToString(),
            Input = stopped.Output,
            Depth = stopped.Depth + 1,
        }, ct);
    }

    /// <summary>Starts a run for each trigger, unless the same came before.</summary>
    /// <param name="session">Whose transaction they go with.</param>
    /// <param name="triggers">The triggers.</param>
    /// <param name="arrived">What arrived.</param>
    /// <param name="locks">What else the transaction will lock: all is locked in one order.</param>
    /// <param name="at">The time.</param>
    /// <param name="ct">Gives up.</param>
    private async Task<(bool IsTaken, bool MustWait)> StartEachAsync(IDocumentSession session, IReadOnlyList<TriggerView> triggers, Arrived arrived, IEnumerable<long> locks, DateTimeOffset at, CancellationToken ct)
    {
        if (triggers.Any(t => t.Limits is not null))
            await LimitedStarts.LockAsync(session.Connection!, locks.Concat(triggers.SelectMany(t => LockOf(session, t, arrived.Payload, arrived.CorrelationId))), ct);
        var (isTaken, mustWait) = (false, false);
        foreach (var trigger in triggers)
        {
            var key = (trigger.RepeatKey is { } path && arrived.Payload is { } payload ? StartLimits.Find(payload, path) : null) ?? arrived.Key;
            if (!await IsFirstAsync(session, key, [.. trigger.Environment == ScenarioEnvironments.Production ? (string[])["starts"] : ["starts", trigger.Environment], trigger.DefinitionId, trigger.ActivityId], ct))
            {
                isTaken = true;
                continue;
            }

            var started = await AcceptAsync(session, Caller.ForSystem(session.TenantId), new(trigger.DefinitionId, new(trigger.ActivityId, arrived.Payload), trigger.Limits)
            {
                Environment = trigger.Environment,
                CorrelationId = arrived.CorrelationId,
                Input = arrived.Input,
                Depth = arrived.Depth,
                CanWait = arrived.CanWait,
            }, at, ct);
            // What a limit leaves without a run is not kept for a run that waits for it later.
            (isTaken, mustWait) = (isTaken || started.RunId is not null || StartRefusals.IsLimit(started.Refused), mustWait || started.MustWait);
            TriggerStore.Fired(session, trigger, null, started.RunId is null ? null : at, started.Refused?.Code);
        }

        return (isTaken, mustWait);
    }

    // What is remembered is forgotten with the ids of commands, after Runs:KeepCommandDays.
    private static async Task<bool> IsFirstAsync(IDocumentSession session, string? key, string[] where, CancellationToken ct) =>
        key is null || await RunInbox.ReceiveAsync(session.Connection!, ChildAdmission.IdOf([session.TenantId, "arrived", .. where, key]), ct);

    /// <summary>Starts the runs that are due.</summary>
    /// <returns>When the next one will be, or null.</returns>
    internal async Task<DateTimeOffset?> FireAsync(CancellationToken ct)
    {
        var (due, next) = await _store.LookAsync(_time.GetUtcNow(), AtOnce, ct);
        foreach (var (scope, definitionId, activityId) in due)
            await FireAsync(scope, definitionId, activityId, ct);
        if (due.Count > 0)
            _executor.Wake.Pulse();
        return next;
    }

    private async Task FireAsync(RunScope scope, string definitionId, string activityId, CancellationToken ct)
    {
        await using var session = _sessions.Open(scope.Organization);
        await session.BeginTransactionAsync(ct);
        var now = _time.GetUtcNow();
        if (await TriggerStore.HoldAsync(session.Connection!, scope, definitionId, activityId, now, ct) is not { NextAt: { } at } trigger)
            return;
        var (firings, next) = Plan(trigger, at, now);
        IReadOnlyList<JsonElement> brought = [.. firings.Select(firing => JsonSerializer.SerializeToElement(new { scheduledAt = firing }))];
        if (trigger.Limits is not null)
            await LimitedStarts.LockAsync(session.Connection!, brought.SelectMany(b => LockOf(session, trigger, b, null)), ct);
        Failure? refused = null;
        foreach (var firing in brought)
        {
            (_, refused, _, var mustWait) = await AcceptAsync(session, Caller.ForSystem(scope.Organization), new(trigger.DefinitionId, new(trigger.ActivityId, firing), trigger.Limits) { Environment = trigger.Environment, CanWait = true }, now, ct);
            // It waits for its turn, as what people start does.
            if (mustWait)
                return;
        }

        TriggerStore.Fired(session, trigger, next, firings.Count > 0 ? now : null, refused?.Code);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>The firings that get a run, oldest first, and the first that is not due yet.</summary>
    internal (IReadOnlyList<DateTimeOffset> Firings, DateTimeOffset? Next) Plan(TriggerView trigger, DateTimeOffset at, DateTimeOffset now)
    {
        var inTime = now - TimeSpan.FromSeconds(_options.GraceSeconds);
        List<DateTimeOffset> firings = [];
        DateTimeOffset? next = at;
        for (; next <= now; next = After(trigger, next.Value, now, firings.Count))
        {
            if (trigger.Missed == MissedFirings.Skip && next < inTime)
                continue;
            if (trigger.Missed == MissedFirings.Once)
                firings.Clear();
            firings.Add(next.Value);
        }

        return (firings, next);
    }

    // A timer of a second that a host missed for a month is not counted through.
    private DateTimeOffset? After(TriggerView trigger, DateTimeOffset at, DateTimeOffset now, int firings)
    {
        var isEnough = trigger.Missed != MissedFirings.All || firings >= _options.MaxMissed;
        if (!isEnough)
            return TriggerNode.Next(trigger.Kind, trigger.Said, trigger.TimeZone, at);
        if (trigger.Kind != TriggerKind.Timer)
            return TriggerNode.Next(trigger.Kind, trigger.Said, trigger.TimeZone, trigger.Missed == MissedFirings.Skip ? at : now);
        var interval = TimeSpan.Parse(trigger.Said, System.Globalization.CultureInfo.InvariantCulture);
        var from = trigger.Missed == MissedFirings.Skip ? now - TimeSpan.FromSeconds(_options.GraceSeconds) : now;
        return from <= at ? at + interval : at + (interval * (Math.Floor((from - at) / interval) + 1));
    }

    /// <summary>Accepts a run of a trigger in the transaction of a session, which holds the lock of its key when it has limits; which node executes it is up to the queue.</summary>
    private async Task<TriggeredRun> AcceptAsync(IDocumentSession session, Caller caller, TriggeredStart start, DateTimeOffset at, CancellationToken ct)
    {
        if (start.Depth > _options.MaxRunDepth)
            return new(null, StartRefusals.TooDeep(start.Trigger.ActivityId, _options.MaxRunDepth), TimeSpan.Zero, MustWait: false);
        if (!(await _library.FindPublishedAsync(session.TenantId, start.DefinitionId, start.Environment, isPart: false, ct)).TryGet(out var published, out var failure))
            return new(null, failure, TimeSpan.Zero, MustWait: failure.IsTransient);
        if (start.CanWait && await _quotas.RefuseAsync(session.TenantId, ct) is { } exceeded)
            return new(null, exceeded, _quotas.RetryAfter(exceeded), MustWait: true);
        var pause = await _pauses.FindAsync(session.TenantId, published.Definition.DefinitionId, ct);
        if (await _queue.CountQueuedAsync(session.TenantId, pause is null ? WorkStates.Queued : WorkStates.Paused, ct) >= _runs.MaxQueued)
            return new(null, RuntimeFailures.QueueFull(_runs.MaxQueued), TimeSpan.Zero, MustWait: true);
        var definition = published.Definition;
        var input = published.Complete(start.Input is { ValueKind: JsonValueKind.Object } given ? Declared(definition, given) : NoInput);
        if (start.Input is not null && InputCheck.Check(definition.Profile.InputSchema, input) is { } refused)
            return new(null, refused, TimeSpan.Zero, MustWait: false);
        var accepted = new RunAccepted(definition.DefinitionId, definition.Profile.Name, definition.Version, input, caller.Actor, at)
        {
            Plugins = published.Plugins,
            Environment = published.RecordedEnvironment,
            Secrets = published.Secrets,
            CorrelationId = start.CorrelationId,
            Trigger = start.Trigger,
            Pause = pause,
        };
        var record = RunRecord.Of(start.Id ?? Guid.CreateVersion7(at), accepted);
        record.TriggerDepth = start.Depth;
        _quotas.Started(session.TenantId);
        if (start.Limits is null)
        {
            await RunStore.AcceptAsync(session, caller, record, accepted, ct);
            return new(record.Id, null, TimeSpan.Zero, MustWait: false);
        }

        var decision = await _limited.AcceptAsync(session, caller, record, accepted, start.Limits, ct);
        return new(decision.Refused is null ? record.Id : null, decision.Refused, decision.RetryAfter, MustWait: false);
    }

    // What another scenario gives is more than this one asked for.
    private static JsonElement Declared(ScenarioDefinition definition, JsonElement given)
    {
        var asked = definition.Inputs.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        if (definition.Profile.InputSchema is { ValueKind: JsonValueKind.Object } schema && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            asked.UnionWith(properties.EnumerateObject().Select(p => p.Name));
        return JsonSerializer.SerializeToElement(given.EnumerateObject().Where(m => asked.Contains(m.Name)).ToDictionary(m => m.Name, m => m.Value));
    }

    private static IEnumerable<long> LockOf(IDocumentSession session, TriggerView trigger, JsonElement? payload, string? correlationId) =>
        trigger.Limits is { } limits ? [new StartKey(RunScope.KeyOf(session.TenantId, trigger.Environment), trigger.DefinitionId, limits.KeyOf(payload, correlationId)).Lock] : [];

    private static JsonElement NoInput { get; } = JsonElement.Parse("{}");
}
