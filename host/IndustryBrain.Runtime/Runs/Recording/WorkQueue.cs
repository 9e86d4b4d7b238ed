using IndustryBrain.Storage;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>An unfinished run that this node has claimed.</summary>
internal sealed record ClaimedRun(Guid RunId, string Organization, bool TakenOver, int Tries)
{
    /// <summary>When it was accepted, where that was asked for.</summary>
    public DateTimeOffset AcceptedAt { get; init; }
}

/// <summary>What one look at the index over unfinished runs gave.</summary>
internal sealed record QueueLook(IReadOnlyList<ClaimedRun> Claimed, IReadOnlyList<Guid> Told, DateTimeOffset? NextDue);

/// <summary>A node as the messaging knows it.</summary>
internal sealed record MessagingNode(Guid Id, int Number);

/// <summary>What one look for dead nodes gave.</summary>
/// <param name="Found">Number of runs found without a node.</param>
/// <param name="Peers">Number of other nodes that are alive.</param>
/// <param name="Gone">Nodes that were found gone.</param>
internal sealed record SweepResult(long Found, long Peers, IReadOnlyList<MessagingNode> Gone);

/// <summary>Claims unfinished runs for a node. Every statement is safe against other nodes: rows are claimed with <c>for update skip locked</c>, and what a node writes about a run is fenced by the version of its stream.</summary>
internal sealed class WorkQueue(Database database)
{
    public const string PurgeEvents = "delete from run_event where at < $1";
    public const string PurgeRates = "delete from run_rate where until < $1";
    public const string PurgeRequests = "delete from http_request where until < $1";
    public const string PurgeCommands = "delete from run_command where at < $1";
    public const string PurgeFaulted = "delete from run_state s using run r where s.run_id = r.id and r.status = 'Finished' and r.failed_at < $1 and not run_is_held(r.organization, r.definition_id, r.id)";

    /// <summary>Keeps an unfinished run from ending before the session's transaction has; begins that transaction.</summary>
    /// <returns>False when the run has ended.</returns>
    public static async Task<bool> HoldAsync(IDocumentSession session, Guid runId, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand("select 1 from run_work where run_id = $1 for key share") { Parameters = { new() { Value = runId } } };
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        return await reader.ReadAsync(ct);
    }

    /// <summary>Makes a paused run due in the transaction that records it: at once, or when a limit of its trigger lets it start.</summary>
    public static async Task GoOnAsync(NpgsqlConnection connection, Guid run, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update run_work w set state = '{WorkStates.Waiting}', due = case when s.is_held then null when s.not_before > $2 then s.not_before else to_timestamp(0) end
            from (values (1)) one left join run_start s on s.run_id = $1
            where w.run_id = $1 and w.state = '{WorkStates.Paused}'
            """,
            connection);
        command.Parameters.Add(new() { Value = run });
        command.Parameters.Add(new() { Value = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes a run out of the index that needs no execution any more.</summary>
    public async Task ForgetAsync(Guid run, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand("delete from run_work where run_id = $1");
        command.Parameters.Add(new() { Value = run });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Accepted runs of one organization that wait for their turn.</summary>
    public async Task<long> CountQueuedAsync(string organization, string state, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from run_work where state = '{state}' and organization = $1";
        command.Parameters.Add(new() { Value = organization });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Gives all runs of this node back, so that any node goes on with them.</summary>
    public async Task GiveBackAsync(Guid node, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"update run_work set state = '{WorkStates.Queued}', node_id = null, taken_over = true where state = '{WorkStates.Executing}' and node_id = $1";
        command.Parameters.Add(new() { Value = node });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Gives one run of this node back, so that any node goes on with it from <paramref name="due"/> on.</summary>
    public async Task GiveBackAsync(Guid node, Guid run, int tries, DateTimeOffset due, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            update run_work set state = '{WorkStates.Waiting}', node_id = null, taken_over = true, tries = $3, due = $4
            where state = '{WorkStates.Executing}' and node_id = $1 and run_id = $2
            """;
        command.Parameters.Add(new() { Value = node });
        command.Parameters.Add(new() { Value = run });
        command.Parameters.Add(new() { Value = tries });
        command.Parameters.Add(new() { Value = due.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>True when this node owns the run, false when it does not; null when the database does not answer now.</summary>
    public async Task<bool?> OwnsAsync(Guid node, Guid run, CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = $"select exists (select 1 from run_work where state = '{WorkStates.Executing}' and node_id = $1 and run_id = $2)";
            command.Parameters.Add(new() { Value = node });
            command.Parameters.Add(new() { Value = run });
            return await command.ExecuteScalarAsync(ct) is true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Runs that are this node's since before <paramref name="before"/>.</summary>
    public async Task<IReadOnlyList<ClaimedRun>> OwnAsync(Guid node, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand($"select run_id, organization, taken_over, tries, accepted_at from run_work where state = '{WorkStates.Executing}' and node_id = $1 and accepted_at < $2");
        command.Parameters.Add(new() { Value = node });
        command.Parameters.Add(new() { Value = before.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<ClaimedRun> own = [];
        while (await reader.ReadAsync(ct))
            own.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.GetInt32(3)) { AcceptedAt = reader.GetFieldValue<DateTimeOffset>(4) });
        return own;
    }

    /// <summary>Returns a claimed run to the queue as it was.</summary>
    public async Task ReturnAsync(ClaimedRun claimed, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"update run_work set state = '{WorkStates.Queued}', node_id = null where run_id = $1";
        command.Parameters.Add(new() { Value = claimed.RunId });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Claims queued and due runs, and reads which runs of this node were told something: one round trip.</summary>
    public async Task<QueueLook> LookAsync(Guid node, DateTimeOffset now, int atMost, IReadOnlyCollection<string> fullOrganizations, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var batch = connection.CreateBatch();
        // Planned once, while the index may be small: it is not to be read whole when it has grown.
        batch.BatchCommands.Add(new("select set_config('enable_seqscan', 'off', true)"));
        batch.BatchCommands.Add(new($"""
            with queued as (
                select run_id from run_work where state = '{WorkStates.Queued}' and organization <> all($4) order by accepted_at limit $3 for update skip locked),
            due as (
                select run_id from run_work where state = '{WorkStates.Waiting}' and due <= $2 and organization <> all($4) order by due limit $3 for update skip locked)
            update run_work w set state = '{WorkStates.Executing}', node_id = $1, due = null
            where w.run_id in (select run_id from queued union all select run_id from due)
            returning w.run_id, w.organization, w.taken_over, w.tries
            """)
        {
            Parameters =
            {
                new() { Value = node },
                new() { Value = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = atMost },
                new() { Value = fullOrganizations.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        });
        batch.BatchCommands.Add(new($"select w.run_id from run_work w where w.state = '{WorkStates.Executing}' and w.node_id = $1 and exists (select 1 from run_inbox i where i.run_id = w.run_id)") { Parameters = { new() { Value = node } } });
        batch.BatchCommands.Add(new($"select min(due) from run_work where state = '{WorkStates.Waiting}'"));
        await batch.PrepareAsync(ct);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        List<ClaimedRun> claimed = [];
        while (await reader.ReadAsync(ct))
            claimed.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.GetInt32(3)));
        await reader.NextResultAsync(ct);
        List<Guid> told = [];
        while (await reader.ReadAsync(ct))
            told.Add(reader.GetGuid(0));
        await reader.NextResultAsync(ct);
        DateTimeOffset? nextDue = await reader.ReadAsync(ct) && !await reader.IsDBNullAsync(0, ct) ? new DateTimeOffset(reader.GetDateTime(0), TimeSpan.Zero) : null;
        return new(claimed, told, nextDue);
    }

    /// <summary>Why a run that has not begun waits for its turn; null when nothing but room on a host keeps it.</summary>
    public async Task<HeldStart?> HeldAsync(Guid runId, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var command = new NpgsqlCommand($"""
            select coalesce(s.not_before, w.due) from run_work w left join run_start s on s.run_id = w.run_id
            where w.run_id = $1 and w.state = '{WorkStates.Waiting}' and (s.is_held or coalesce(s.not_before, w.due) > $2)
            """, connection)
        {
            Parameters = { new() { Value = runId }, new() { Value = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz } },
        };
        return await command.ExecuteScalarAsync(ct) switch
        {
            null => null,
            DateTime at when at > now.UtcDateTime => new(new DateTimeOffset(at, TimeSpan.Zero)),
            _ => new((DateTimeOffset?)null),
        };
    }

    /// <summary>
    /// Joins as a node. The returned connection holds an advisory lock for as long as the process lives: when it is killed, PostgreSQL frees the lock at once, and the others see it.
    /// </summary>
    public async Task<NpgsqlConnection> JoinAsync(Guid node, MessagingNode messaging, CancellationToken ct)
    {
        var connection = await OpenAsync(ct);
        try
        {
            await using var batch = connection.CreateBatch();
            batch.BatchCommands.Add(new("select pg_advisory_lock(hashtextextended($1::text, 3301))") { Parameters = { new() { Value = node } } });
            batch.BatchCommands.Add(Register(node, messaging));
            await batch.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes this node's sign of life and gives back the runs of nodes that are gone: their lock is free, or their last sign of life is older than the lease. Both are told by the clock of the database, which all share: a node whose own clock is wrong is not gone, and takes no other for gone.</summary>
    public static async Task<SweepResult> SweepAsync(NpgsqlConnection own, Guid node, MessagingNode messaging, TimeSpan lease, CancellationToken ct)
    {
        await using var batch = own.CreateBatch();
        // Others may have taken this node for dead; its runs are theirs then, but it may take new ones.
        batch.BatchCommands.Add(Register(node, messaging));

        // A lock that can be taken belongs to nobody alive; as a transaction lock it is free again with the end of this statement.
        batch.BatchCommands.Add(new($"""
            with gone as (
                delete from run_node n where n.node_id <> $1
                    and (n.seen_at < clock_timestamp() - $2::interval or pg_try_advisory_xact_lock(hashtextextended(n.node_id::text, 3301)))
                returning n.node_id, n.messaging_id, n.messaging_number),
            found as (
                update run_work w set state = '{WorkStates.Queued}', node_id = null, taken_over = true
                where w.state = '{WorkStates.Executing}' and w.node_id <> $1
                    and (w.node_id in (select node_id from gone) or not exists (select 1 from run_node n where n.node_id = w.node_id))
                returning w.run_id)
            select g.messaging_id, g.messaging_number, (select count(*) from found) from (values (1)) one left join gone g on true
            """)
        {
            Parameters = { new() { Value = node }, new() { Value = lease, NpgsqlDbType = NpgsqlDbType.Interval } },
        });
        batch.BatchCommands.Add(new("select count(*) from run_node where node_id <> $1") { Parameters = { new() { Value = node } } });

        await using var reader = await batch.ExecuteReaderAsync(ct);
        List<MessagingNode> gone = [];
        long found = 0;
        while (await reader.ReadAsync(ct))
        {
            found = reader.GetInt64(2);
            if (!await reader.IsDBNullAsync(0, ct))
                gone.Add(new(reader.GetGuid(0), reader.GetInt32(1)));
        }

        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new(found, reader.GetInt64(0), gone);
    }

    /// <summary>Forgets events that nobody waited for, ids of handled commands and the state of runs that faulted, each when older than it is kept, starts that no rate limit counts any more, and requests whose key holds no more.</summary>
    public async Task PurgeAsync(DateTimeOffset eventsBefore, DateTimeOffset commandsBefore, DateTimeOffset faultedBefore, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new(PurgeEvents) { Parameters = { new() { Value = eventsBefore.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz } } });
        batch.BatchCommands.Add(new(PurgeFaulted) { Parameters = { new() { Value = faultedBefore.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz } } });
        batch.BatchCommands.Add(new(PurgeCommands) { Parameters = { new() { Value = commandsBefore.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz } } });
        foreach (var purge in new[] { PurgeRates, PurgeRequests })
            batch.BatchCommands.Add(new(purge) { Parameters = { new() { Value = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz } } });
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand Register(Guid node, MessagingNode messaging) => new(
        "insert into run_node (node_id, started_at, seen_at, messaging_id, messaging_number) values ($1, clock_timestamp(), clock_timestamp(), $2, $3) on conflict (node_id) do update set seen_at = excluded.seen_at")
    {
        Parameters =
        {
            new() { Value = node },
            new() { Value = messaging.Id },
            new() { Value = messaging.Number },
        },
    };

    private ValueTask<NpgsqlConnection> OpenAsync(CancellationToken ct) => database.DataSource.OpenConnectionAsync(ct);
}
