using IndustryBrain.Runtime.Tasks;
using IndustryBrain.Runtime.Triggers;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>What a batch did.</summary>
/// <param name="Won">The runs whose commit holds; the others were moved on by somebody else.</param>
/// <param name="Claimed">The runs that waited, were told something, and are the asking node's now.</param>
internal sealed record WrittenBatch(IReadOnlySet<Guid> Won, IReadOnlyList<ClaimedRun> Claimed);

/// <summary>
/// The statements that write commits of runs, any number of them in one batch, which is one round trip and one transaction. A commit whose version another one holds has no effect: each part of it is
/// joined to what this transaction put into the journal. Locks are taken in one order, events by name and then runs by id, as commands take them.
/// </summary>
internal static class RunStatements
{
    private const string LockEvents = "select pg_advisory_xact_lock(k) from unnest($1) k";
    private const string LockRuns = "select 1 from run_work where run_id = any($1) order by run_id for update";

    // Followed by run and version: true when this transaction wrote that row of the journal.
    private const string Ours = "exists (select 1 from run_journal j where j.xmin = pg_current_xact_id()::xid and (j.run_id, j.version) =";

    private const string Write = $"""
        with c as (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $29) as
                c (run_id, organization, version, count, events, definition_id, parent_id, status, sub_status, created_at, last_version, record, state, work, node_id, due, failed_at)),
        won as (
            insert into run_journal (run_id, version, organization, count, events)
            select run_id, version, organization, count, events from c
            on conflict do nothing returning run_id),
        further as (
            insert into run_journal (run_id, version, organization, count, events)
            select p.run_id, p.version, c.organization, p.count, p.events
            from unnest($17, $18, $19, $20) as p (run_id, version, count, events) join won using (run_id) join c using (run_id)),
        recorded as (
            insert into run (id, organization, definition_id, parent_id, status, sub_status, created_at, version, record, failed_at)
            select c.run_id, c.organization, c.definition_id, c.parent_id, c.status, c.sub_status, c.created_at, c.last_version, convert_from(c.record, 'UTF8')::jsonb, c.failed_at
            from c join won using (run_id)
            on conflict (id) do update set status = excluded.status, sub_status = excluded.sub_status, version = excluded.version, record = excluded.record, failed_at = excluded.failed_at
            where run.organization = excluded.organization),
        kept as (
            insert into run_state (run_id, organization, version, state)
            select c.run_id, c.organization, c.last_version, c.state from c join won using (run_id) where c.state is not null
            on conflict (run_id) do update set version = excluded.version, state = excluded.state),
        dropped as (
            delete from run_state s using c join won using (run_id) where s.run_id = c.run_id and c.work = 3),
        added as (
            insert into run_work (run_id, organization, state, node_id, accepted_at)
            select c.run_id, c.organization, case when c.work = 6 then '{WorkStates.Paused}' when c.node_id is null then '{WorkStates.Queued}' else '{WorkStates.Executing}' end, c.node_id, c.created_at
            from c join won using (run_id) where c.work in (1, 6)),
        parked as (
            update run_work w set state = case when c.work = 5 then '{WorkStates.Paused}' else '{WorkStates.Waiting}' end, node_id = null, taken_over = false, tries = 0, due = c.due
            from c join won using (run_id) where w.run_id = c.run_id and c.work in (2, 5)),
        removed as (
            delete from run_work w using c join won using (run_id) where w.run_id = c.run_id and c.work in (3, 4)),
        taken as (
            delete from run_inbox i using unnest($21, $22) as t (run_id, id) join won using (run_id) where i.id = t.id and i.run_id = t.run_id),
        audited as (
            insert into audit_record (id, organization, at, action, body, record)
            select a.id, a.organization, a.at, a.action, a.body, convert_from(a.body, 'UTF8')::jsonb
            from unnest($23, $24, $25, $26, $27, $28) as a (run_id, id, organization, at, action, body) join won using (run_id))
        select run_id from won
        """;

    private const string SetWaits = $"""
        with w as (select * from unnest($1, $2) as w (run_id, version) where {Ours} (w.run_id, w.version))),
        before as (
            delete from run_wait x using w where x.run_id = w.run_id)
        insert into run_wait (run_id, event, organization, correlation_id)
        select n.run_id, n.event, n.organization, nullif(n.correlation_id, '') from unnest($3, $4, $5, $6) as n (run_id, event, organization, correlation_id) join w using (run_id)
        """;

    // One at a time: two runs that begin to wait for one event at once hear one event each.
    private const string Hear = $"""
        with heard as (
            delete from run_event where {Ours} ($4, $5)) and id = (
                select id from run_event where hashtextextended(event, 0) = hashtextextended($1, 0) and event = $1 and organization = $2 and (correlation_id is null or correlation_id = $3) order by id limit 1)
            returning body)
        insert into run_inbox (run_id, kind, body) select $4, 'event', body from heard
        """;

    // A statement of its own: it sees what was added while the one that parks waited for the row.
    private const string WakeTold = $"""
        update run_work w set due = to_timestamp(0)
        from unnest($1, $2) as p (run_id, version)
        where w.run_id = p.run_id and {Ours} (p.run_id, p.version))
            and exists (select 1 from run_inbox i where i.run_id = p.run_id and not exists (
                select 1 from unnest($3, $4) as k (run_id, id) where k.run_id = i.run_id and k.id = i.id))
        """;

    // A run that has ended is told nothing; a waiting one is claimed by the node that asks for it, or becomes due at once for any.
    private const string Tell = $"""
        with t as (select * from unnest($1, $2, $3, $4, $5) as t (run_id, organization, kind, body, node_id)),
        before as (select run_id, state from run_work where run_id = any($1) order by run_id for update),
        meant as (
            select distinct on (t.run_id, t.organization) t.run_id, t.organization, b.state, case when b.state = '{WorkStates.Waiting}' then t.node_id end as claimer
            from t join before b using (run_id) order by t.run_id, t.organization, t.node_id nulls last),
        told as (
            update run_work w set
                state = case when m.claimer is null then w.state else '{WorkStates.Executing}' end,
                node_id = coalesce(m.claimer, w.node_id),
                due = case when m.claimer is not null then null when m.state = '{WorkStates.Waiting}' then to_timestamp(0) else w.due end
            from meant m where w.run_id = m.run_id and w.organization = m.organization
            returning w.run_id, w.organization, w.taken_over, w.tries, m.claimer is not null as claimed),
        audited as (
            insert into audit_record (id, organization, at, action, body, record)
            select a.id, a.organization, a.at, a.action, a.body, convert_from(a.body, 'UTF8')::jsonb
            from unnest($6, $7, $8, $9, $10) as a (id, organization, at, action, body)),
        put as (
            insert into run_inbox (run_id, kind, body) select t.run_id, t.kind, t.body from t join told using (run_id, organization))
        select run_id, organization, taken_over, tries from told where claimed
        """;

    // What is on record as unfinished counts: this commit's own run does not any more, and one whose commit came too late still does.
    private const string GivePlaces = "call run_start_advance($1, $2, $3, $4)";

    // A task of a run that broke was withdrawn with it: when the run goes on it is open again.
    private const string OpenTasks = $"""
        insert into human_task (run_id, step_id, organization, definition_id, status, assignee, role, due, next_at, created_at, task)
        select t.run_id, t.step_id, t.organization, t.definition_id, 'open', t.assignee, t.role, t.due, t.next_at, t.created_at, convert_from(t.task, 'UTF8')::jsonb
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as t (run_id, version, step_id, organization, definition_id, assignee, role, due, next_at, created_at, task)
        where {Ours} (t.run_id, t.version))
        on conflict (run_id, step_id) do update set status = 'open', closed_at = null, next_at = excluded.next_at where human_task.status = 'withdrawn'
        """;

    private const string WithdrawTasks = $"""
        update human_task t set status = 'withdrawn', closed_at = c.at
        from unnest($1, $2, $3, $4) as c (run_id, version, step_id, at)
        where t.run_id = c.run_id and t.step_id = coalesce(c.step_id, t.step_id) and t.status = 'open' and {Ours} (c.run_id, c.version))
        """;

    /// <summary>Writes commits, each of another run, and what runs are told, on a connection with or without a transaction of its own.</summary>
    public static async Task<WrittenBatch> WriteAsync(NpgsqlConnection connection, IReadOnlyList<RunWrite> writes, IReadOnlyList<RunTelling> tellings, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        var at = Fill(batch, writes, tellings);
        // Once for each connection: from then on it is known there.
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (; at > 0; at--)
            await reader.NextResultAsync(ct);
        var won = new HashSet<Guid>(writes.Count);
        if (writes.Count > 0)
        {
            while (await reader.ReadAsync(ct))
                won.Add(reader.GetGuid(0));
            // What has no rows to give is passed over.
            await reader.NextResultAsync(ct);
        }

        List<ClaimedRun> claimed = [];
        while (tellings.Count > 0 && await reader.ReadAsync(ct))
            claimed.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.GetInt32(3)));
        // What fails later in the batch is said when its result is read.
        while (await reader.NextResultAsync(ct))
        {
        }

        return new(won, claimed);
    }

    /// <summary>Which of these commits are on record: for whoever lost the connection before it heard.</summary>
    public static async Task<HashSet<Guid>> FindAsync(NpgsqlConnection connection, IReadOnlyList<RunWrite> writes, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select j.run_id from run_journal j join unnest($1, $2, $3) as c (run_id, version, events) using (run_id, version) where j.events = c.events";
        Add(command.Parameters, NpgsqlDbType.Uuid, Each(writes, static w => w.Record.Id));
        Add(command.Parameters, NpgsqlDbType.Bigint, Each(writes, static w => w.Version));
        Add(command.Parameters, NpgsqlDbType.Bytea, Each(writes, static w => w.Pages[0].Json));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new HashSet<Guid>();
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetGuid(0));
        return found;
    }

    /// <returns>Position of the statement that tells which commits hold.</returns>
    private static int Fill(NpgsqlBatch batch, IReadOnlyList<RunWrite> writes, IReadOnlyList<RunTelling> tellings)
    {
        var (pages, taken, audits, known, waits, hears) = (0, 0, 0, 0, 0, 0);
        var (locked, parked, opened, withdrawn, places) = (0, 0, 0, 0, 0);
        foreach (var write in writes)
        {
            pages += write.Pages.Count - 1;
            taken += write.Taken.Count;
            audits += write.Audits.Count;
            known += write.Known.Count;
            waits += write.Waits is null ? 0 : 1;
            hears += write.Waits?.Events.Count ?? 0;
            opened += write.Tasks?.Opened.Count ?? 0;
            withdrawn += write.Tasks?.Withdrawn.Count ?? 0;
            parked += write.Work == WorkChange.Park ? 1 : 0;
            places += write.Place is null ? 0 : 1;
            locked += LocksRun(write) ? 1 : 0;
        }

        if (hears + places > 0)
            Add(batch, LockEvents, NpgsqlDbType.Bigint, RunWaits.KeysOf(writes));
        if (locked + tellings.Count > 1)
            Add(batch, LockRuns, NpgsqlDbType.Uuid, [.. Some(writes, locked, LocksRun, static w => w.Record.Id), .. Each(tellings, static t => t.RunId)]);
        var position = batch.BatchCommands.Count;
        if (writes.Count > 0)
            batch.BatchCommands.Add(Main(writes, pages, taken, audits));
        if (waits > 0)
            AddWaits(batch, writes, waits, hears);
        if (opened > 0)
            AddOpenedTasks(batch, writes);
        if (withdrawn > 0)
            AddWithdrawnTasks(batch, writes);
        if (places > 0)
            AddPlaces(batch, writes, places);
        if (parked > 0)
            AddWake(batch, writes, parked, known);
        if (tellings.Count > 0)
            AddTellings(batch, tellings);
        return position;
    }

    private static bool LocksRun(RunWrite write) => write.Work is WorkChange.Park or WorkChange.Remove or WorkChange.Lay or WorkChange.Pause;

    private static NpgsqlBatchCommand Main(IReadOnlyList<RunWrite> writes, int pages, int taken, int audits)
    {
        var command = new NpgsqlBatchCommand(Write);
        var p = command.Parameters;
        Add(p, NpgsqlDbType.Uuid, Each(writes, static w => w.Record.Id));
        Add(p, NpgsqlDbType.Text, Each(writes, static w => w.Organization));
        Add(p, NpgsqlDbType.Bigint, Each(writes, static w => w.Version));
        Add(p, NpgsqlDbType.Integer, Each(writes, static w => w.Pages[0].Count));
        Add(p, NpgsqlDbType.Bytea, Each(writes, static w => w.Pages[0].Json));
        Add(p, NpgsqlDbType.Text, Each(writes, static w => w.Record.DefinitionId));
        Add(p, NpgsqlDbType.Uuid, Each(writes, static w => w.Record.ParentRunId));
        Add(p, NpgsqlDbType.Text, Each(writes, static w => w.Record.Status));
        Add(p, NpgsqlDbType.Text, Each(writes, static w => w.Record.SubStatus));
        Add(p, NpgsqlDbType.TimestampTz, Each(writes, static w => w.Record.CreatedAt.UtcDateTime));
        Add(p, NpgsqlDbType.Bigint, Each(writes, static w => w.Record.StreamVersion));
        Add(p, NpgsqlDbType.Bytea, Each(writes, static w => w.RecordJson));
        Add(p, NpgsqlDbType.Bytea, Each(writes, static w => w.State));
        Add(p, NpgsqlDbType.Smallint, Each(writes, static w => (short)w.Work));
        Add(p, NpgsqlDbType.Uuid, Each(writes, static w => w.Node));
        Add(p, NpgsqlDbType.TimestampTz, Each(writes, static w => w.Due?.UtcDateTime));

        var (pageRuns, pageVersions, pageCounts, pageEvents) = (new Guid[pages], new long[pages], new int[pages], new byte[pages][]);
        var (takenRuns, takenIds) = (new Guid[taken], new long[taken]);
        var (auditRuns, auditIds, auditOrganizations, auditTimes, auditActions, auditBodies) =
            (new Guid[audits], new Guid[audits], new string[audits], new DateTime[audits], new string[audits], new byte[audits][]);
        foreach (var write in writes)
        {
            var version = write.Version + write.Pages[0].Count;
            for (var i = 1; i < write.Pages.Count; i++)
            {
                var page = write.Pages[i];
                var at = --pages;
                (pageRuns[at], pageVersions[at], pageCounts[at], pageEvents[at]) = (write.Record.Id, version, page.Count, page.Json);
                version += page.Count;
            }

            foreach (var id in write.Taken)
            {
                var at = --taken;
                (takenRuns[at], takenIds[at]) = (write.Record.Id, id);
            }

            foreach (var audit in write.Audits)
            {
                var at = --audits;
                (auditRuns[at], auditIds[at], auditOrganizations[at], auditTimes[at], auditActions[at], auditBodies[at]) =
                    (write.Record.Id, audit.Id, audit.Organization, audit.At.UtcDateTime, audit.Action, audit.Body);
            }
        }

        Add(p, NpgsqlDbType.Uuid, pageRuns);
        Add(p, NpgsqlDbType.Bigint, pageVersions);
        Add(p, NpgsqlDbType.Integer, pageCounts);
        Add(p, NpgsqlDbType.Bytea, pageEvents);
        Add(p, NpgsqlDbType.Uuid, takenRuns);
        Add(p, NpgsqlDbType.Bigint, takenIds);
        Add(p, NpgsqlDbType.Uuid, auditRuns);
        Add(p, NpgsqlDbType.Uuid, auditIds);
        Add(p, NpgsqlDbType.Text, auditOrganizations);
        Add(p, NpgsqlDbType.TimestampTz, auditTimes);
        Add(p, NpgsqlDbType.Text, auditActions);
        Add(p, NpgsqlDbType.Bytea, auditBodies);
        Add(p, NpgsqlDbType.TimestampTz, Each(writes, static w => w.Record.FailedAt?.UtcDateTime));
        return command;
    }

    private static void AddWaits(NpgsqlBatch batch, IReadOnlyList<RunWrite> writes, int waits, int hears)
    {
        var (runs, events, organizations, correlations) = (new Guid[hears], new string[hears], new string[hears], new string[hears]);
        var at = 0;
        foreach (var write in writes)
        {
            foreach (var name in write.Waits?.Events ?? [])
            {
                (runs[at], events[at], organizations[at], correlations[at]) = (write.Record.Id, name, write.Scope, write.Waits!.CorrelationId);
                at++;
            }
        }

        var set = Add(batch, SetWaits, NpgsqlDbType.Uuid, Some(writes, waits, static w => w.Waits is not null, static w => w.Record.Id));
        Add(set, NpgsqlDbType.Bigint, Some(writes, waits, static w => w.Waits is not null, static w => w.Version));
        Add(set, NpgsqlDbType.Uuid, runs);
        Add(set, NpgsqlDbType.Text, events);
        Add(set, NpgsqlDbType.Text, organizations);
        Add(set, NpgsqlDbType.Text, correlations);
        foreach (var write in writes)
        {
            foreach (var name in write.Waits?.Events ?? [])
            {
                var hear = new NpgsqlBatchCommand(Hear);
                hear.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
                hear.Parameters.Add(new NpgsqlParameter<string> { TypedValue = write.Scope });
                hear.Parameters.Add(new NpgsqlParameter<string> { TypedValue = write.Waits!.CorrelationId });
                hear.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = write.Record.Id });
                hear.Parameters.Add(new NpgsqlParameter<long> { TypedValue = write.Version });
                batch.BatchCommands.Add(hear);
            }
        }
    }

    private static void AddOpenedTasks(NpgsqlBatch batch, IReadOnlyList<RunWrite> writes)
    {
        (RunWrite Write, OpenedTask Task)[] tasks = [.. writes.Where(w => w.Tasks is not null).SelectMany(w => w.Tasks!.Opened.Select(t => (w, t)))];
        var open = Add(batch, OpenTasks, NpgsqlDbType.Uuid, Each(tasks, static t => t.Write.Record.Id));
        Add(open, NpgsqlDbType.Bigint, Each(tasks, static t => t.Write.Version));
        Add(open, NpgsqlDbType.Text, Each(tasks, static t => t.Task.StepId));
        Add(open, NpgsqlDbType.Text, Each(tasks, static t => t.Write.Organization));
        Add(open, NpgsqlDbType.Text, Each(tasks, static t => t.Write.Record.DefinitionId));
        Add(open, NpgsqlDbType.Text, Each(tasks, static t => t.Task.Assignee));
        Add(open, NpgsqlDbType.Text, Each(tasks, static t => t.Task.Role));
        Add(open, NpgsqlDbType.TimestampTz, Each(tasks, static t => t.Task.Due?.UtcDateTime));
        Add(open, NpgsqlDbType.TimestampTz, Each(tasks, static t => t.Task.NextAt?.UtcDateTime));
        Add(open, NpgsqlDbType.TimestampTz, Each(tasks, static t => t.Task.At.UtcDateTime));
        Add(open, NpgsqlDbType.Bytea, Each(tasks, static t => TaskJson.Write(t.Task.Asked)));
    }

    private static void AddWithdrawnTasks(NpgsqlBatch batch, IReadOnlyList<RunWrite> writes)
    {
        (RunWrite Write, string? StepId)[] tasks = [.. writes.Where(w => w.Tasks is not null).SelectMany(w => w.Tasks!.Withdrawn.Select(s => (w, s)))];
        var withdraw = Add(batch, WithdrawTasks, NpgsqlDbType.Uuid, Each(tasks, static t => t.Write.Record.Id));
        Add(withdraw, NpgsqlDbType.Bigint, Each(tasks, static t => t.Write.Version));
        Add(withdraw, NpgsqlDbType.Text, Each(tasks, static t => t.StepId));
        Add(withdraw, NpgsqlDbType.TimestampTz, Each(tasks, static t => t.Write.Tasks!.At.UtcDateTime));
    }

    private static void AddPlaces(NpgsqlBatch batch, IReadOnlyList<RunWrite> writes, int places)
    {
        var give = Add(batch, GivePlaces, NpgsqlDbType.Text, Some(writes, places, static w => w.Place is not null, static w => w.Place!.Scope));
        Add(give, NpgsqlDbType.Text, Some(writes, places, static w => w.Place is not null, static w => w.Place!.DefinitionId));
        Add(give, NpgsqlDbType.Text, Some(writes, places, static w => w.Place is not null, static w => w.Place!.Key));
        give.Add(new() { Value = writes.Max(static w => w.Record.FinishedAt ?? w.Record.CreatedAt).UtcDateTime });
    }

    private static void AddWake(NpgsqlBatch batch, IReadOnlyList<RunWrite> writes, int parked, int known)
    {
        var (runs, ids) = (new Guid[known], new long[known]);
        foreach (var write in writes)
        {
            foreach (var id in write.Known)
            {
                known--;
                (runs[known], ids[known]) = (write.Record.Id, id);
            }
        }

        var wake = Add(batch, WakeTold, NpgsqlDbType.Uuid, Some(writes, parked, static w => w.Work == WorkChange.Park, static w => w.Record.Id));
        Add(wake, NpgsqlDbType.Bigint, Some(writes, parked, static w => w.Work == WorkChange.Park, static w => w.Version));
        Add(wake, NpgsqlDbType.Uuid, runs);
        Add(wake, NpgsqlDbType.Bigint, ids);
    }

    private static void AddTellings(NpgsqlBatch batch, IReadOnlyList<RunTelling> tellings)
    {
        var tell = Add(batch, Tell, NpgsqlDbType.Uuid, Each(tellings, static t => t.RunId));
        Add(tell, NpgsqlDbType.Text, Each(tellings, static t => t.Organization));
        Add(tell, NpgsqlDbType.Text, Each(tellings, static t => t.Kind));
        Add(tell, NpgsqlDbType.Text, Each(tellings, static t => t.Body));
        Add(tell, NpgsqlDbType.Uuid, Each(tellings, static t => t.Node));
        Add(tell, NpgsqlDbType.Uuid, Each(tellings, static t => t.Audit.Id));
        Add(tell, NpgsqlDbType.Text, Each(tellings, static t => t.Audit.Organization));
        Add(tell, NpgsqlDbType.TimestampTz, Each(tellings, static t => t.Audit.At.UtcDateTime));
        Add(tell, NpgsqlDbType.Text, Each(tellings, static t => t.Audit.Action));
        Add(tell, NpgsqlDbType.Bytea, Each(tellings, static t => t.Audit.Body));
    }

    /// <summary>Holds a run for the transaction of a connection, after the events that its commit will wait for: in the order in which commits take them.</summary>
    /// <returns>What its row in the index says; null when it has none, because the run has ended.</returns>
    public static async Task<string?> HoldAsync(NpgsqlConnection connection, RunWrite write, CancellationToken ct)
    {
        await using var events = new NpgsqlCommand(LockEvents, connection);
        Add(events.Parameters, NpgsqlDbType.Bigint, RunWaits.KeysOf([write]));
        await events.ExecuteNonQueryAsync(ct);
        await using var run = new NpgsqlCommand("select state from run_work where run_id = $1 for update", connection);
        run.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = write.Record.Id });
        return (string?)await run.ExecuteScalarAsync(ct);
    }

    /// <summary>Holds a run for the transaction of a connection, after the lock of the place that it may give away.</summary>
    /// <returns>What its row in the index says; null when it has none, because the run has ended.</returns>
    public static async Task<string?> HoldAsync(NpgsqlConnection connection, string organization, RunRecord record, CancellationToken ct)
    {
        if (record.StartKey is { } key)
            await LimitedStarts.LockAsync(connection, [new StartKey(organization, record.DefinitionId, key).Lock], ct);
        await using var run = new NpgsqlCommand("select state from run_work where run_id = $1 and organization = $2 for update", connection);
        run.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = record.Id });
        run.Parameters.Add(new NpgsqlParameter<string> { TypedValue = organization });
        return (string?)await run.ExecuteScalarAsync(ct);
    }

    private static NpgsqlParameterCollection Add<T>(NpgsqlBatch batch, string sql, NpgsqlDbType type, T[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Add(command.Parameters, type, values);
        batch.BatchCommands.Add(command);
        return command.Parameters;
    }

    private static void Add<T>(NpgsqlParameterCollection parameters, NpgsqlDbType type, T[] values) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });

    private static TValue[] Each<T, TValue>(IReadOnlyList<T> items, Func<T, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(items[i]);
        return values;
    }

    private static T[] Some<T>(IReadOnlyList<RunWrite> writes, int count, Predicate<RunWrite> isMeant, Func<RunWrite, T> value)
    {
        var values = new T[count];
        foreach (var write in writes)
        {
            if (isMeant(write))
                values[^count--] = value(write);
        }

        return values;
    }
}
