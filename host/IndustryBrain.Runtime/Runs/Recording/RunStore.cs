using System.Globalization;
using System.Text.Json;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Telemetry;
using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Marten;
using Npgsql;
using Wolverine.Marten;
using Wolverine.Runtime;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>A run as it was recorded, ready to go on.</summary>
/// <param name="Record">How it stands.</param>
/// <param name="State">The engine's state at its last commit; null when none was kept, or not asked for.</param>
/// <param name="Events">What happened.</param>
internal sealed record RecordedRun(RunRecord Record, byte[]? State, IReadOnlyList<object> Events)
{
    /// <summary>What it was told and has not taken note of; read with the state.</summary>
    public IReadOnlyList<InboxEntry> Inbox { get; init; } = [];

    /// <summary>True when it is on record as waiting for the event that was asked about.</summary>
    public bool WaitsForIt { get; init; }
}

/// <summary>One commit of a run: what happened, how it stands, and what becomes of its row in the index.</summary>
/// <param name="Events">Events to append.</param>
/// <param name="ExpectedVersion">Version of the stream before; another one means that this node does not own the run any more.</param>
/// <param name="State">Engine state to keep; null when the run ended for good, or for the one of the last commit.</param>
/// <param name="Due">When the run is due again, when it now waits; null else.</param>
internal sealed record RunCommit(IReadOnlyList<object> Events, long ExpectedVersion, byte[]? State, DateTimeOffset? Due)
{
    /// <summary>Entries of the inbox that the run took note of.</summary>
    public IReadOnlyList<long> Taken { get; init; } = [];

    /// <summary>Entries of the inbox that the run has read, taken note of or not.</summary>
    public IReadOnlyCollection<long> Known { get; init; } = [];

    /// <summary>True when somebody holds the run from here on; then <see cref="Due"/> is when that ends by itself.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The events that the run waits for; null when they are what they were.</summary>
    public WaitSet? Waits { get; init; }

    /// <summary>What becomes of the tasks of people; null for nothing.</summary>
    public TaskChanges? Tasks { get; init; }

    /// <summary>Commands that leave with the commit.</summary>
    public IReadOnlyList<object> Commands { get; init; } = [];

    /// <summary>When steps began that an earlier commit recorded; null when nobody asks.</summary>
    public Func<string, DateTimeOffset?>? Began { get; init; }
}

/// <summary>Reads and writes runs. One commit is one transaction: journal, record, state and index together. Whatever it reads it reads for one organization.</summary>
internal sealed class RunStore(Database database, CommitGroups groups, WorkQueue queue, IOrganizationSessions sessions, IWolverineRuntime messaging, RunEndListeners listeners, RunTelemetry telemetry, UsageMeter usage, TimeProvider time)
{
    private const string ReadRecord = "select record from run where id = $1 and organization = $2";
    private const string ReadState = "select state from run_state where run_id = $1 and organization = $2";
    private const string ReadInbox = "select i.id, i.kind, i.body from run_inbox i join run_work w using (run_id) where i.run_id = $1 and w.organization = $2 order by i.id";
    private const string ReadAwaited = """
        select id from run where parent_id = $1 and organization = $2 and status = 'Running'
            and ((record -> 'parent' ->> 'waitsForCompletion')::boolean or ((record -> 'parent' ->> 'isInline')::boolean and not coalesce((record ->> 'parentAnswered')::boolean, false)))
        order by id
        """;

    private const string ReadWait = "select exists (select 1 from run_wait where run_id = $1 and split_part(organization, '/', 1) = $2 and event = $3)";
    private const string ReadEvents = """
        select j.version, j.events from run_journal j join run r on r.id = j.run_id and r.organization = j.organization
        where j.run_id = $1 and j.organization = $2 and (j.version <= $3 or j.version + j.count > r.version - $4) order by j.version
        """;

    /// <summary>Events of a run that one view is folded from; a longer history shows its beginning and its end.</summary>
    private const long MaxEvents = 6_000;
    private const long LastEvents = 20;

    /// <summary>True when the database does not keep up with what runs record.</summary>
    public bool IsBehind => groups.IsBehind;

    /// <returns>False when a run of this id is on record already.</returns>
    public Task<bool> AcceptAsync(Caller caller, RunRecord record, RunAccepted accepted, Guid? node) =>
        groups.WriteAsync(RunWrite.Accept(caller, record, accepted, node, time.GetUtcNow()));

    /// <summary>Accepts a run in the transaction of a session.</summary>
    /// <returns>False when a run of this id is on record already.</returns>
    public static async Task<bool> AcceptAsync(IDocumentSession session, Caller caller, RunRecord record, RunAccepted accepted, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        return (await RunStatements.WriteAsync(session.Connection!, [RunWrite.Accept(caller, record, accepted, node: null, accepted.At)], [], ct)).Won.Contains(record.Id);
    }

    /// <returns>False when another node owns the run.</returns>
    public async Task<bool> CommitAsync(string organization, RunRecord record, RunCommit commit, CancellationToken ct)
    {
        try
        {
            var commands = await CommandsOfAsync(organization, record, commit, ct);
            var write = RunWrite.Go(organization, record, commit, AuditsOf(organization, commands));
            if (commands.Count == 0 ? await groups.WriteAsync(write) : await SendAsync(write, commands, ct))
            {
                telemetry.Recorded(organization, record, commit);
                usage.Recorded(organization, commit.Events);
                return true;
            }
        }
        catch
        {
            // What was not recorded must not count for whoever ends the run next.
            record.StreamVersion = commit.ExpectedVersion;
            throw;
        }

        record.StreamVersion = commit.ExpectedVersion;
        return false;
    }

    /// <summary>The end of a run that was written by other statements is on record.</summary>
    public void Told(string organization, RunRecord record, RunEnded ended) => telemetry.Recorded(organization, record, new([ended], record.StreamVersion - 1, null, null));

    /// <summary>Moves the journal of a run on that another node left behind.</summary>
    /// <returns>False when that node recorded something in between: read again.</returns>
    public Task<bool> TakeOverAsync(string organization, RunRecord record, RunTakenOver takenOver, CancellationToken ct)
    {
        record.SubStatus = RunStatuses.Executing;
        return CommitAsync(organization, record, new([takenOver], record.StreamVersion, null, null), ct);
    }

    /// <summary>Ends a run that cannot be executed, with nothing but what is on record and <paramref name="failure"/>.</summary>
    /// <returns>False when somebody else recorded something in between.</returns>
    public async Task<bool> BreakAsync(string organization, Guid id, Failure failure, DateTimeOffset at, CancellationToken ct)
    {
        if (await FindAsync(organization, id, ct) is not { } record || record.Status == RunStatuses.Finished)
        {
            await ForgetAsync(id, ct);
            return true;
        }

        var incident = new IncidentView("", "", "", failure.Code, failure.Message, failure.Where, failure.Action, at);
        (record.Status, record.SubStatus, record.FinishedAt, record.Incident) = (RunStatuses.Finished, RunStatuses.Faulted, at, record.Incident ?? incident);
        var ended = new RunEnded(RunStatuses.Faulted, JsonElement.Parse("{}"), [incident], record.Name, record.CorrelationId, at);
        IReadOnlyList<object> told = record.Parent is { IsAwaited: true } parent
            ? [new ChildStopped(parent.RunId, parent.StepId, id, record.Status, record.SubStatus, ended.Output)]
            : [];
        return await CommitAsync(organization, record, new([ended], record.StreamVersion, null, null) { Tasks = TaskChanges.End(at), Commands = told }, ct);
    }

    /// <summary>Records that somebody lets a run go on that broke; once for each key.</summary>
    /// <param name="caller">Who does.</param>
    /// <param name="write">The repair.</param>
    /// <param name="hasEnded">Whether the run had ended; else it waits.</param>
    /// <param name="key">What makes it the same request; null when it is none that is repeated.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<RepairOutcome> RepairAsync(Caller caller, RunWrite write, bool hasEnded, Guid? key, CancellationToken ct)
    {
        await using var session = sessions.Open(write.Organization);
        await session.BeginTransactionAsync(ct);
        var connection = session.Connection!;
        if (key is { } id && !await RunInbox.ReceiveAsync(connection, id, ct))
            return RepairOutcome.DoneBefore;
        var state = await RunStatements.HoldAsync(connection, write, ct);
        if (hasEnded ? state is not null : state is not WorkStates.Waiting)
            return RepairOutcome.Executing;
        if (!(await RunStatements.WriteAsync(connection, [write], [], ct)).Won.Contains(write.Record.Id))
            return RepairOutcome.Executing;
        session.Append(caller, "run.repair", "run", write.Record.Id.ToString());
        await session.SaveChangesAsync(ct);
        return RepairOutcome.Recorded;
    }

    /// <summary>True when a request of this key had its effect.</summary>
    public async Task<bool> IsReceivedAsync(Guid key, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand("select exists (select 1 from run_command where id = $1)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Reads a run in one round trip.</summary>
    /// <param name="organization">The organization it belongs to.</param>
    /// <param name="id">The run.</param>
    /// <param name="withState">Whether it is to go on: the engine's state and what the run was told are read as well.</param>
    /// <param name="waitsFor">An event to ask about, or null.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<RecordedRun?> ReadAsync(string organization, Guid id, bool withState, string? waitsFor, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        Add(batch, ReadRecord, id, organization);
        var events = Add(batch, ReadEvents, id, organization);
        events.Parameters.Add(new NpgsqlParameter<long> { TypedValue = MaxEvents });
        events.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LastEvents });
        if (withState)
        {
            Add(batch, ReadState, id, organization);
            Add(batch, ReadInbox, id, organization);
        }

        if (waitsFor is not null)
            Add(batch, ReadWait, id, organization).Parameters.Add(new NpgsqlParameter<string> { TypedValue = waitsFor });
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var record = RecordOf(reader);
        await reader.NextResultAsync(ct);
        List<object> happened = [];
        while (await reader.ReadAsync(ct))
            JournalEvents.Read(reader.GetFieldValue<byte[]>(1), reader.GetInt64(0), version => version <= MaxEvents || version > record.StreamVersion - LastEvents, happened);
        await reader.NextResultAsync(ct);
        byte[]? state = null;
        IReadOnlyList<InboxEntry> inbox = [];
        if (withState)
        {
            state = await reader.ReadAsync(ct) ? reader.GetFieldValue<byte[]>(0) : null;
            await reader.NextResultAsync(ct);
            inbox = await RunInbox.ReadAsync(reader, ct);
            await reader.NextResultAsync(ct);
        }

        return new(record, state, happened) { Inbox = inbox, WaitsForIt = waitsFor is not null && await reader.ReadAsync(ct) && reader.GetBoolean(0) };
    }

    /// <summary>Takes a run out of the index that needs no execution any more.</summary>
    public Task ForgetAsync(Guid id, CancellationToken ct) => queue.ForgetAsync(id, ct);

    public async Task<RunRecord?> FindAsync(string organization, Guid id, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(ReadRecord);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = OrganizationId.Require(organization) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? RecordOf(reader) : null;
    }

    /// <summary>Likewise, in the transaction of a connection.</summary>
    public static async Task<RunRecord?> FindAsync(NpgsqlConnection connection, string organization, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadRecord, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = OrganizationId.Require(organization) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? RecordOf(reader) : null;
    }

    /// <summary>The runs that have not ended and that a run waits for.</summary>
    public static async Task<IReadOnlyList<Guid>> AwaitedAsync(NpgsqlConnection connection, string organization, Guid parent, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadAwaited, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = parent });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = OrganizationId.Require(organization) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<Guid> awaited = [];
        while (await reader.ReadAsync(ct))
            awaited.Add(reader.GetGuid(0));
        return awaited;
    }

    /// <summary>Sends with the session's commit the news of a run's end, where somebody waits for it.</summary>
    public async Task TellEndAsync(IDocumentSession session, RunRecord record, string subStatus, JsonElement output, CancellationToken ct)
    {
        if (await listeners.HasAsync(session.TenantId, record.DefinitionId, ct))
            await SendAsync(session, [new RunStopped(record.Id, record.DefinitionId, subStatus, output, record.CorrelationId, record.TriggerDepth, record.FinishedAt!.Value)]);
    }

    /// <summary>Puts into the inbox of a run what somebody tells it, with its audit record; a run that has ended is told nothing.</summary>
    /// <param name="caller">Who tells it.</param>
    /// <param name="action">What the audit trail calls it.</param>
    /// <param name="id">The run.</param>
    /// <param name="entry">What it is told.</param>
    /// <param name="node">The node that goes on with the run at once when it waits; null to leave it to any.</param>
    /// <returns>The run when it waited and is that node's now.</returns>
    public Task<ClaimedRun?> TellAsync(Caller caller, string action, Guid id, InboxEntry entry, Guid? node) =>
        groups.TellAsync(new(id, OrganizationId.Require(caller.Organization), RunInbox.KindOf(entry), RunInbox.Write(entry), Audit.Compose(time.GetUtcNow(), caller, action, "run", id.ToString()), node));

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
        await using var command = database.DataSource.CreateCommand();
        var conditions = Conditions(organization, filter, command.Parameters);
        command.CommandText = $"select count(*) from run where {conditions}";
        var total = (long)(await command.ExecuteScalarAsync(ct))!;

        var (page, size) = (Math.Max(1, filter.Page), Math.Clamp(filter.PageSize, 1, 200));
        await using var paged = database.DataSource.CreateCommand();
        Conditions(organization, filter, paged.Parameters);
        var order = IsAboutBroken(filter) ? "failed_at" : "created_at";
        paged.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"select record, exists (select 1 from run_state s where s.run_id = run.id) from run where {conditions} order by {order} desc, id limit {size} offset {(page - 1L) * size}");
        await using var reader = await paged.ExecuteReaderAsync(ct);
        List<RunSummary> items = [];
        while (await reader.ReadAsync(ct))
        {
            var summary = RecordOf(reader).ToSummary();
            items.Add(summary with { IsResumable = summary.FailedAt is not null && reader.GetBoolean(1) });
        }

        return new(items, total, page, size);
    }

    /// <summary>Ids of broken runs of a filter, those that broke first before others, and how many there are.</summary>
    public Task<(IReadOnlyList<Guid> Ids, long Total)> FindBrokenAsync(string organization, RunFilter filter, int most, CancellationToken ct) =>
        FindIdsAsync(organization, filter with { IsBroken = true }, "failed_at", most, ct);

    /// <summary>Ids of the runs of a filter in the order of a column, and how many there are.</summary>
    public async Task<(IReadOnlyList<Guid> Ids, long Total)> FindIdsAsync(string organization, RunFilter filter, string order, int most, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand();
        var conditions = Conditions(organization, filter, command.Parameters);
        command.CommandText = $"select count(*) from run where {conditions}";
        var total = (long)(await command.ExecuteScalarAsync(ct))!;
        await using var listed = database.DataSource.CreateCommand();
        Conditions(organization, filter, listed.Parameters);
        listed.CommandText = string.Create(CultureInfo.InvariantCulture, $"select id from run where {conditions} order by {order}, id limit {most}");
        await using var reader = await listed.ExecuteReaderAsync(ct);
        List<Guid> ids = [];
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return (ids, total);
    }

    private static bool IsAboutBroken(RunFilter filter) => filter.IsBroken || filter.Code is not null || filter.Step is not null || filter.FailedFrom is not null || filter.FailedTo is not null;

    private static string Conditions(string organization, RunFilter filter, NpgsqlParameterCollection values)
    {
        List<string> conditions = [$"organization = {Value(values, OrganizationId.Require(organization))}"];
        if (filter.DefinitionId is { } definitionId)
            conditions.Add($"definition_id = {Value(values, definitionId)}");
        if (filter.Status is { } status)
            conditions.Add($"status = {Value(values, status)}");
        if (filter.SubStatus is { } subStatus)
            conditions.Add($"sub_status = {Value(values, subStatus)}");
        if (filter.Environment is { } environment)
            conditions.Add(environment == ScenarioEnvironments.Production ? "record ->> 'environment' is null" : $"record ->> 'environment' = {Value(values, environment)}");
        if (filter.ExceptSubStatus is { } except)
            conditions.Add($"sub_status <> {Value(values, except)}");
        if (filter.ParentRunId is { } parent)
            conditions.Add($"parent_id = {Value(values, parent)}");
        if (filter.From is { } from)
            conditions.Add($"created_at >= {Value(values, from.UtcDateTime)}");
        if (filter.To is { } to)
            conditions.Add($"created_at < {Value(values, to.UtcDateTime)}");
        if (IsAboutBroken(filter))
            conditions.Add("failed_at is not null");
        if (filter.Code is { } code)
            conditions.Add($"record -> 'incident' ->> 'code' = {Value(values, code)}");
        if (filter.Step is { } step)
            conditions.Add($"{Value(values, step)} in (record -> 'incident' ->> 'activityId', record -> 'incident' ->> 'nodeId')");
        if (filter.FailedFrom is { } failedFrom)
            conditions.Add($"failed_at >= {Value(values, failedFrom.UtcDateTime)}");
        if (filter.FailedTo is { } failedTo)
            conditions.Add($"failed_at < {Value(values, failedTo.UtcDateTime)}");
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            // A text with a NUL is in no name, and PostgreSQL refuses to look for it.
            var text = filter.Text.Trim().Replace("\0", "\uFFFD", StringComparison.Ordinal);
            var number = text.Replace("-", "", StringComparison.Ordinal);
            conditions.Add($"""
                (position(lower({Value(values, number.Length > 0 ? number : text)}) in replace(id::text, '-', '')) > 0
                or position(lower({Value(values, text)}) in lower(concat_ws(' ', record ->> 'name', record -> 'scenarioName' ->> 'zh', record -> 'scenarioName' ->> 'en'))) > 0)
                """);
        }

        return string.Join(" and ", conditions);
    }

    private static string Value<T>(NpgsqlParameterCollection values, T value)
    {
        values.Add(new NpgsqlParameter<T> { TypedValue = value });
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, Guid id, string organization)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = OrganizationId.Require(organization) });
        batch.BatchCommands.Add(command);
        return command;
    }

    private static RunRecord RecordOf(NpgsqlDataReader reader) => JsonSerializer.Deserialize(reader.GetString(0), JournalJson.Default.RunRecord)!;

    /// <summary>The commands of a commit, and the news of the run's end where somebody waits for it.</summary>
    private async ValueTask<IReadOnlyList<object>> CommandsOfAsync(string organization, RunRecord record, RunCommit commit, CancellationToken ct)
    {
        if (commit.Events is not [.., RunEnded ended] || !await listeners.HasAsync(RunScope.KeyOf(organization, record.Environment), record.DefinitionId, ct))
            return commit.Commands;
        return [.. commit.Commands, new RunStopped(record.Id, record.DefinitionId, ended.SubStatus, ended.Output, ended.CorrelationId, record.TriggerDepth, ended.At) { Environment = record.Environment ?? ScenarioEnvironments.Production }];
    }

    private IReadOnlyList<AuditRecord> AuditsOf(string organization, IReadOnlyList<object> commands)
    {
        if (commands.Count == 0)
            return [];
        var (now, system) = (time.GetUtcNow(), Caller.ForSystem(organization));
        return [.. commands.OfType<EndRun>().Select(end => Audit.Compose(now, system, "run.cancel", "run", end.RunId.ToString()))];
    }

    /// <summary>Commits with commands: they leave with the transaction or not at all.</summary>
    private async Task<bool> SendAsync(RunWrite write, IReadOnlyList<object> commands, CancellationToken ct)
    {
        await using var session = sessions.Open(write.Organization);
        await session.BeginTransactionAsync(ct);
        if (!(await RunStatements.WriteAsync(session.Connection!, [write], [], ct)).Won.Contains(write.Record.Id))
            return false;
        await SendAsync(session, commands);
        await session.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>Sends commands with the session's commit.</summary>
    public async Task SendAsync(IDocumentSession session, IReadOnlyList<object> commands)
    {
        if (commands.Count == 0)
            return;
        var outbox = new MartenOutbox(messaging, session);
        foreach (var command in commands)
            await outbox.PublishAsync(command, new() { TenantId = session.TenantId });
    }
}
