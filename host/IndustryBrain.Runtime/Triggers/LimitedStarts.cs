using System.Text.Json;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>
/// Accepts runs of triggers with limits. What is decided holds because it is decided under the lock of the key, in the transaction that accepts the run; the commit that ends a run gives its place away under the same lock.
/// </summary>
internal sealed class LimitedStarts(RunStore store, IOptions<TriggerOptions> options)
{
    private const string Advance = "call run_start_advance(array[$1], array[$2], array[$3], $4)";
    private const string ReadPlaces = "select run_id, is_held from run_start where organization = $1 and definition_id = $2 and key = $3 order by place";
    private const string ReadRun = "select 1 from run where id = $1";
    private const string ReadRate = "select starts from run_rate where organization = $1 and definition_id = $2 and key = $3 and activity_id = $4";

    /// <summary>Takes the locks of keys and events in the one order in which everybody takes them, before anything else of the transaction is written.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, IEnumerable<long> locks, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(k) from unnest($1) k", connection);
        command.Parameters.Add(new() { Value = locks.Distinct().Order().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Accepts a run in the transaction of a session that holds the lock of its key, or says why not.</summary>
    public async Task<StartDecision> AcceptAsync(IDocumentSession session, Caller caller, RunRecord record, RunAccepted accepted, StartLimits limits, CancellationToken ct)
    {
        var (activityId, now) = (accepted.Trigger!.ActivityId, accepted.At);
        var key = new StartKey(RunScope.KeyOf(session.TenantId, accepted.Environment), accepted.DefinitionId, limits.KeyOf(accepted.Trigger.Payload, accepted.CorrelationId));
        if (await ReadAsync(session.Connection!, record.Id, key, activityId, now, ct) is not { } state)
            return new(null, TimeSpan.Zero, now, false, []);
        var decision = StartDecision.Of(activityId, limits, state, now, options.Value.MaxHeld);
        if (decision.Refused is not null)
            return decision;
        if (limits.Policy != StartPolicy.Allow)
            record.StartKey = key.Key;
        if (!await RunStore.AcceptAsync(session, caller, record, accepted, ct))
            return decision;
        await WriteAsync(session.Connection!, record.Id, key, limits, decision, now, ct);
        if (limits is { RateLimit: { } rate, RatePeriod: { } period })
            await WriteRateAsync(session.Connection!, key, activityId, [.. state.Starts.Append(decision.At).TakeLast(rate)], decision.At + period, ct);
        foreach (var cancelled in decision.Cancels)
            session.Append(Caller.ForSystem(session.TenantId), "run.cancel", "run", cancelled.ToString());
        await store.SendAsync(session, [.. decision.Cancels.Select(id => new EndRun(id))]);
        return decision;
    }

    /// <summary>How the runs of a key stand; null when the run is on record already.</summary>
    private static async Task<KeyState?> ReadAsync(NpgsqlConnection connection, Guid runId, StartKey key, string activityId, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        Add(batch, Advance, key).Parameters.Add(new() { Value = now.UtcDateTime });
        batch.BatchCommands.Add(new(ReadRun) { Parameters = { new() { Value = runId } } });
        Add(batch, ReadPlaces, key);
        Add(batch, ReadRate, key).Parameters.Add(new() { Value = activityId });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (await reader.ReadAsync(ct))
            return null;
        await reader.NextResultAsync(ct);
        var (running, held) = (new List<Guid>(), new List<Guid>());
        while (await reader.ReadAsync(ct))
            (reader.GetBoolean(1) ? held : running).Add(reader.GetGuid(0));
        await reader.NextResultAsync(ct);
        return new(running, held, await reader.ReadAsync(ct) ? [.. reader.GetFieldValue<DateTime[]>(0).Select(at => new DateTimeOffset(at))] : []);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, Guid runId, StartKey key, StartLimits limits, StartDecision decision, DateTimeOffset now, CancellationToken ct)
    {
        var notBefore = decision.At > now ? decision.At.UtcDateTime : (DateTime?)null;
        await using var batch = connection.CreateBatch();
        if (limits.Policy != StartPolicy.Allow)
        {
            var place = Add(batch, "insert into run_start (run_id, organization, definition_id, key, is_held, most, not_before) values ($4, $1, $2, $3, $5, $6, $7)", key).Parameters;
            place.Add(new() { Value = runId });
            place.Add(new() { Value = decision.IsHeld });
            place.Add(new() { Value = limits.MaxConcurrent });
            place.Add(new() { Value = (object?)notBefore ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        }

        if (decision.IsHeld || notBefore is not null)
        {
            // One that is held is due when a place gets free, and not before.
            batch.BatchCommands.Add(new($"update run_work set state = '{WorkStates.Waiting}', due = $2 where run_id = $1 and state <> '{WorkStates.Paused}'")
            {
                Parameters = { new() { Value = runId }, new() { Value = decision.IsHeld || notBefore is null ? DBNull.Value : notBefore, NpgsqlDbType = NpgsqlDbType.TimestampTz } },
            });
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task WriteRateAsync(NpgsqlConnection connection, StartKey key, string activityId, DateTimeOffset[] starts, DateTimeOffset until, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        var write = Add(
            batch,
            """
            insert into run_rate (organization, definition_id, key, activity_id, starts, until) values ($1, $2, $3, $4, $5, $6)
            on conflict (organization, definition_id, activity_id, key) do update set starts = excluded.starts, until = excluded.until
            """,
            key).Parameters;
        write.Add(new() { Value = activityId });
        write.Add(new() { Value = starts.Select(at => at.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        write.Add(new() { Value = until.UtcDateTime });
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, StartKey key)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = key.Scope }, new() { Value = key.DefinitionId }, new() { Value = key.Key } } };
        batch.BatchCommands.Add(command);
        return command;
    }
}
