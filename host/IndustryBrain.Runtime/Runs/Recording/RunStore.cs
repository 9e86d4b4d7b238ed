using System.Text.Json;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Marten.Linq.MatchesSql;
using Wolverine.Marten;
using Wolverine.Runtime;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>A run as it was recorded, ready to go on.</summary>
internal sealed record RecordedRun(RunRecord Record, RunSnapshot? Snapshot, IReadOnlyList<object> Events);

/// <summary>One commit of a run: what happened, how it stands, and what becomes of its row in the index.</summary>
/// <param name="Events">Events to append.</param>
/// <param name="ExpectedVersion">Version of the stream before; another one means that this node does not own the run any more.</param>
/// <param name="State">Engine state to keep; null when the run ended.</param>
/// <param name="HadSnapshot">True when an earlier commit kept a state.</param>
/// <param name="Due">When the run is due again, when it now waits; null else.</param>
internal sealed record RunCommit(IReadOnlyList<object> Events, long ExpectedVersion, byte[]? State, bool HadSnapshot, DateTimeOffset? Due)
{
    /// <summary>Entries of the inbox that the run took note of.</summary>
    public IReadOnlyList<long> Taken { get; init; } = [];

    /// <summary>Entries of the inbox that the run has read, taken note of or not.</summary>
    public IReadOnlyCollection<long> Known { get; init; } = [];

    /// <summary>The events that the run waits for; null when they are what they were.</summary>
    public WaitSet? Waits { get; init; }

    /// <summary>Commands that leave with the commit.</summary>
    public IReadOnlyList<object> Commands { get; init; } = [];
}

/// <summary>Reads and writes runs. One commit is one transaction: stream, record, state and index together.</summary>
internal sealed class RunStore(IOrganizationSessions sessions, IWolverineRuntime messaging)
{
    private const string FitsText = """
        (position(lower(?) in replace(d.id::text, '-', '')) > 0
        or position(lower(?) in lower(concat_ws(' ', d.data ->> 'name', d.data -> 'scenarioName' ->> 'zh', d.data -> 'scenarioName' ->> 'en'))) > 0)
        """;

    /// <summary>Events of a run that one view is folded from; a longer history shows its beginning and its end.</summary>
    private const int MaxEvents = 6_000;

    public async Task AcceptAsync(Caller caller, RunRecord record, RunAccepted accepted, Guid? node, CancellationToken ct)
    {
        await using var session = sessions.Open(caller.Organization);
        Accept(session, caller, record, accepted, node);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>Queues everything that makes a run accepted.</summary>
    public static void Accept(IDocumentSession session, Caller caller, RunRecord record, RunAccepted accepted, Guid? node)
    {
        session.Events.StartStream(record.Id, accepted);
        record.StreamVersion = 1;
        session.Insert(record);
        WorkQueue.Add(session, record.Id, caller.Organization, node, accepted.At);
        session.Append(caller, "run.start", "run", record.Id.ToString());
    }

    /// <returns>False when another node owns the run.</returns>
    public async Task<bool> CommitAsync(string organization, RunRecord record, RunCommit commit, CancellationToken ct)
    {
        await using var session = sessions.Open(organization);
        record.StreamVersion = commit.ExpectedVersion + commit.Events.Count;
        if (commit.Events.Count > 0)
            session.Events.Append(record.Id, record.StreamVersion, commit.Events);
        session.Store(record);
        if (commit.Waits is { } waits)
            RunWaits.Set(session, record.Id, waits);
        foreach (var end in commit.Commands.OfType<EndRun>())
            session.Append(Caller.ForSystem(organization), "run.cancel", "run", end.RunId.ToString());
        await SendAsync(session, commit.Commands);
        if (record.Status == RunStatuses.Finished)
        {
            if (commit.HadSnapshot)
                session.Delete<RunSnapshot>(record.Id);
            WorkQueue.Remove(session, record.Id);
        }
        else
        {
            session.Store(new RunSnapshot { Id = record.Id, State = commit.State!, StreamVersion = record.StreamVersion });
            if (commit.Taken.Count > 0)
                RunInbox.Take(session, commit.Taken);
            if (commit.Due is { } due)
                WorkQueue.Park(session, record.Id, due, commit.Known);
        }

        try
        {
            await session.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception e)
        {
            // What was not recorded must not count for whoever ends the run next.
            record.StreamVersion = commit.ExpectedVersion;
            if (e is EventStreamUnexpectedMaxEventIdException or ConcurrencyException or ConcurrentUpdateException)
                return false;
            throw;
        }
    }

    /// <summary>Moves the stream of a run on that another node left behind.</summary>
    /// <returns>False when that node recorded something in between: read again.</returns>
    public async Task<bool> TakeOverAsync(string organization, RunRecord record, RunTakenOver takenOver, CancellationToken ct)
    {
        await using var session = sessions.Open(organization);
        record.StreamVersion++;
        record.SubStatus = RunStatuses.Executing;
        session.Events.Append(record.Id, record.StreamVersion, takenOver);
        session.Store(record);
        try
        {
            await session.SaveChangesAsync(ct);
            return true;
        }
        catch (Exception e) when (e is EventStreamUnexpectedMaxEventIdException or ConcurrencyException or ConcurrentUpdateException)
        {
            return false;
        }
    }

    /// <summary>Ends a run that cannot be executed, with nothing but what is on record and <paramref name="failure"/>.</summary>
    /// <returns>False when somebody else recorded something in between.</returns>
    public async Task<bool> BreakAsync(string organization, Guid id, Failure failure, DateTimeOffset at, CancellationToken ct)
    {
        await using var session = sessions.Open(organization);
        if (await session.LoadAsync<RunRecord>(id, ct) is not { } record || record.Status == RunStatuses.Finished
            || await session.Events.FetchStreamStateAsync(id, ct) is not { } stream)
        {
            await ForgetAsync(organization, id, ct);
            return true;
        }

        var incident = new IncidentView("", "", "", failure.Code, failure.Message, failure.Where, failure.Action, at);
        (record.Status, record.SubStatus, record.FinishedAt, record.Incident) = (RunStatuses.Finished, RunStatuses.Faulted, at, record.Incident ?? incident);
        var ended = new RunEnded(RunStatuses.Faulted, JsonElement.Parse("{}"), [incident], record.Name, record.CorrelationId, at);
        IReadOnlyList<object> told = record.Parent is { IsAwaited: true } parent
            ? [new ChildStopped(parent.RunId, parent.StepId, id, record.Status, record.SubStatus, ended.Output)]
            : [];
        return await CommitAsync(organization, record, new([ended], stream.Version, null, HadSnapshot: true, null) { Commands = told }, ct);
    }

    public async Task<RecordedRun?> ReadAsync(string organization, Guid id, bool withSnapshot, CancellationToken ct)
    {
        await using var session = sessions.Query(organization);
        if (await session.LoadAsync<RunRecord>(id, ct) is not { } record)
            return null;
        var snapshot = withSnapshot ? await ReadSnapshotAsync(session, id, ct) : null;
        return new(record, snapshot, await ReadEventsAsync(session, record, ct));
    }

    /// <summary>Takes a run out of the index that needs no execution any more.</summary>
    public async Task ForgetAsync(string organization, Guid id, CancellationToken ct)
    {
        await using var session = sessions.Open(organization);
        WorkQueue.Remove(session, id);
        await session.SaveChangesAsync(ct);
    }

    public async Task<RunRecord?> FindAsync(string organization, Guid id, CancellationToken ct)
    {
        await using var session = sessions.Query(organization);
        return await session.LoadAsync<RunRecord>(id, ct);
    }

    /// <summary>Sends a command that somebody asked for, with its audit record.</summary>
    public async Task SendAsync(Caller caller, string action, Guid id, object command, CancellationToken ct)
    {
        await using var session = sessions.Open(caller.Organization);
        session.Append(caller, action, "run", id.ToString());
        await SendAsync(session, [command]);
        await session.SaveChangesAsync(ct);
    }

    public async Task<RunPage> ListAsync(string organization, RunFilter filter, CancellationToken ct)
    {
        await using var session = sessions.Query(organization);
        IQueryable<RunRecord> runs = session.Query<RunRecord>();
        if (filter.DefinitionId is { } definitionId)
            runs = runs.Where(r => r.DefinitionId == definitionId);
        if (filter.Status is { } status)
            runs = runs.Where(r => r.Status == status);
        if (filter.SubStatus is { } subStatus)
            runs = runs.Where(r => r.SubStatus == subStatus);
        if (filter.ParentRunId is { } parent)
            runs = runs.Where(r => r.ParentRunId == parent);
        if (filter.From is { } from)
            runs = runs.Where(r => r.CreatedAt >= from);
        if (filter.To is { } to)
            runs = runs.Where(r => r.CreatedAt < to);
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            // A text with a NUL is in no name, and PostgreSQL refuses to look for it.
            var text = filter.Text.Trim().Replace("\0", "\uFFFD", StringComparison.Ordinal);
            var number = text.Replace("-", "", StringComparison.Ordinal);
            runs = runs.Where(r => r.MatchesSql(FitsText, number.Length > 0 ? number : text, text));
        }

        var (page, size) = (Math.Max(1, filter.Page), Math.Clamp(filter.PageSize, 1, 200));
        var total = await runs.LongCountAsync(ct);
        var items = await runs.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id).Skip((int)Math.Min(int.MaxValue - size, (page - 1L) * size)).Take(size).ToListAsync(ct);
        return new([.. items.Select(r => r.ToSummary())], total, page, size);
    }

    /// <summary>Commands leave with the session's commit or not at all.</summary>
    private async Task SendAsync(IDocumentSession session, IReadOnlyList<object> commands)
    {
        if (commands.Count == 0)
            return;
        var outbox = new MartenOutbox(messaging, session);
        foreach (var command in commands)
            await outbox.PublishAsync(command, new() { TenantId = session.TenantId });
    }

    private static async Task<RunSnapshot?> ReadSnapshotAsync(IQuerySession session, Guid id, CancellationToken ct)
    {
        try
        {
            return await session.LoadAsync<RunSnapshot>(id, ct);
        }
        catch (JsonException)
        {
            // No state that the engine could read either: the run is ended for it, where trying again would not help.
            return new() { Id = id, State = [] };
        }
    }

    private static async Task<IReadOnlyList<object>> ReadEventsAsync(IQuerySession session, RunRecord record, CancellationToken ct)
    {
        var events = await session.Events.FetchStreamAsync(record.Id, version: Math.Min(record.StreamVersion, MaxEvents), token: ct);
        if (record.StreamVersion <= MaxEvents)
            return [.. events.Select(e => e.Data)];
        var last = await session.Events.FetchStreamAsync(record.Id, fromVersion: Math.Max(MaxEvents + 1, record.StreamVersion - 20), token: ct);
        return [.. events.Concat(last).Select(e => e.Data)];
    }
}
