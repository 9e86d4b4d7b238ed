using System.Text.Json;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Definitions;
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
    private readonly RunOptions _runs;
    private readonly TriggerOptions _options;
    private readonly TimeProvider _time;

    internal ScenarioTriggers(
        TriggerStore store, ScenarioLibrary library, WorkQueue queue, RunExecutor executor, LimitedStarts limited, IOrganizationSessions sessions, IOptions<RunOptions> runs, IOptions<TriggerOptions> options, TimeProvider time) =>
        (_store, _library, _queue, _executor, _limited, _sessions, _runs, _options, _time) = (store, library, queue, executor, limited, sessions, runs.Value, options.Value, time);

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
    internal async Task<TriggeredRun> StartAsync(Caller caller, string definitionId, RunTrigger trigger, StartLimits limits, string? correlationId, Guid? id, CancellationToken ct)
    {
        await using var session = _sessions.Open(caller.Organization);
        await session.BeginTransactionAsync(ct);
        await LimitedStarts.LockAsync(session.Connection!, [new StartKey(caller.Organization, definitionId, limits.KeyOf(trigger.Payload, correlationId)).Lock], ct);
        var started = await AcceptAsync(session, caller, definitionId, trigger, limits, correlationId, id, _time.GetUtcNow(), ct);
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
        var starts = false;
        var triggers = await TriggerStore.OfEventAsync(session.Connection!, session.TenantId, published.Name, ct);
        if (triggers.Any(t => t.Limits is not null))
            await LimitedStarts.LockAsync(session.Connection!, [RunWaits.KeyOf(session.TenantId, published.Name), .. triggers.SelectMany(t => LockOf(session, t, published.Payload, published.CorrelationId))], ct);
        foreach (var trigger in triggers)
        {
            var refused = (await StartAsync(session, trigger, published.Payload, published.CorrelationId, at, ct)).Refused;
            starts |= refused is null;
            TriggerStore.Fired(session, trigger, null, refused is null ? at : null, refused?.Code);
        }

        RunWaits.Publish(session, published, at, isTaken: starts);
    }

    /// <summary>Starts the runs that are due.</summary>
    /// <returns>When the next one will be, or null.</returns>
    internal async Task<DateTimeOffset?> FireAsync(CancellationToken ct)
    {
        var (due, next) = await _store.LookAsync(_time.GetUtcNow(), AtOnce, ct);
        foreach (var (organization, definitionId, activityId) in due)
            await FireAsync(organization, definitionId, activityId, ct);
        if (due.Count > 0)
            _executor.Wake.Pulse();
        return next;
    }

    private async Task FireAsync(string organization, string definitionId, string activityId, CancellationToken ct)
    {
        await using var session = _sessions.Open(organization);
        await session.BeginTransactionAsync(ct);
        var now = _time.GetUtcNow();
        if (await TriggerStore.HoldAsync(session.Connection!, organization, definitionId, activityId, now, ct) is not { NextAt: { } at } trigger)
            return;
        var (firings, next) = Plan(trigger, at, now);
        IReadOnlyList<JsonElement> brought = [.. firings.Select(firing => JsonSerializer.SerializeToElement(new { scheduledAt = firing }))];
        if (trigger.Limits is not null)
            await LimitedStarts.LockAsync(session.Connection!, brought.SelectMany(b => LockOf(session, trigger, b, null)), ct);
        Failure? refused = null;
        foreach (var firing in brought)
        {
            (_, refused, _, var mustWait) = await StartAsync(session, trigger, firing, correlationId: null, now, ct);
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

    private Task<TriggeredRun> StartAsync(IDocumentSession session, TriggerView trigger, JsonElement? payload, string? correlationId, DateTimeOffset at, CancellationToken ct) =>
        AcceptAsync(session, Caller.ForSystem(session.TenantId), trigger.DefinitionId, new(trigger.ActivityId, payload), trigger.Limits, correlationId, id: null, at, ct);

    /// <summary>Accepts a run of a trigger in the transaction of a session, which holds the lock of its key when it has limits; which node executes it is up to the queue.</summary>
    private async Task<TriggeredRun> AcceptAsync(
        IDocumentSession session, Caller caller, string definitionId, RunTrigger trigger, StartLimits? limits, string? correlationId, Guid? id, DateTimeOffset at, CancellationToken ct)
    {
        if (!(await _library.FindPublishedAsync(session.TenantId, definitionId, ct)).TryGet(out var published, out var failure))
            return new(null, failure, TimeSpan.Zero, MustWait: failure.IsTransient);
        if (await _queue.CountQueuedAsync(session.TenantId, ct) >= _runs.MaxQueued)
            return new(null, RuntimeFailures.QueueFull(_runs.MaxQueued), TimeSpan.Zero, MustWait: true);
        var definition = published.Definition;
        var accepted = new RunAccepted(definition.DefinitionId, definition.Profile.Name, definition.Version, NoInput, caller.Actor, at)
        {
            Plugins = published.Plugins,
            CorrelationId = correlationId,
            Trigger = trigger,
        };
        var record = RunRecord.Of(id ?? Guid.CreateVersion7(at), accepted);
        if (limits is null)
        {
            await RunStore.AcceptAsync(session, caller, record, accepted, ct);
            return new(record.Id, null, TimeSpan.Zero, MustWait: false);
        }

        var decision = await _limited.AcceptAsync(session, caller, record, accepted, limits, ct);
        return new(decision.Refused is null ? record.Id : null, decision.Refused, decision.RetryAfter, MustWait: false);
    }

    private static IEnumerable<long> LockOf(IDocumentSession session, TriggerView trigger, JsonElement? payload, string? correlationId) =>
        trigger.Limits is { } limits ? [new StartKey(session.TenantId, trigger.DefinitionId, limits.KeyOf(payload, correlationId)).Lock] : [];

    private static JsonElement NoInput { get; } = JsonElement.Parse("{}");
}
