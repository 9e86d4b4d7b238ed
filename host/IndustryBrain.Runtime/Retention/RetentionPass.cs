using System.Security.Cryptography;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace IndustryBrain.Runtime.Retention;

/// <summary>
/// Moves finished runs into the archive and deletes what the archive has of them, a bounded number in one transaction: a run is on record or in the archive, never in both or in neither.
/// Who holds the lock does it, and whoever places a legal hold waits for it.
/// </summary>
internal sealed class RetentionPass(Database database, IOptions<RetentionOptions> options, TimeProvider time)
{
    public const long Lock = 3_313_002;

    // Runs that may still be told of it are not moved away: those whose parent has not ended, or can go on.
    private const string Archivable = """
        select r.id, r.record from run r
        where r.organization = $1 and r.created_at < $2 and r.status = 'Finished' and coalesce((r.record ->> 'finishedAt')::timestamptz, r.created_at) < $2
            and not run_is_held(r.organization, r.definition_id, r.id)
            and not exists (select 1 from run_state s where s.run_id = r.parent_id)
            and not exists (select 1 from run_work w where w.run_id = r.id)
            and (select coalesce(sum(octet_length(j.events)), 0) from run_journal j where j.run_id = r.id) <= $3
        order by r.created_at limit $4 for update of r skip locked
        """;

    private const string Deletable = """
        select run_id from run_archive where organization = $1 and finished_at < $2 and content is not null and not run_is_held(organization, definition_id, run_id)
        order by finished_at limit $3
        """;

    private const string Tasks = """
        select coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object('entries', (
            select coalesce(jsonb_agg(to_jsonb(e) order by e.id), '[]') from human_task_entry e where e.run_id = t.run_id and e.step_id = t.step_id)) order by t.created_at), '[]')::text
        from human_task t where t.run_id = $1
        """;

    /// <summary>What the audit trail says of a document.</summary>
    public static string LabelOf(string digest) => "sha256:" + digest;

    /// <summary>The organizations that have runs, on record or archived.</summary>
    public async Task<IReadOnlyList<string>> OrganizationsAsync(CancellationToken ct)
    {
        // One look at an index for each organization, however many runs it has.
        await using var command = database.DataSource.CreateCommand(
            """
            with recursive o as (
                select min(organization) as organization from run
                union all select (select min(r.organization) from run r where r.organization > o.organization) from o where o.organization is not null),
            a as (
                select min(organization) as organization from run_archive
                union all select (select min(r.organization) from run_archive r where r.organization > a.organization) from a where a.organization is not null)
            select organization from o where organization is not null union select organization from a where organization is not null
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string> organizations = [];
        while (await reader.ReadAsync(ct))
            organizations.Add(reader.GetString(0));
        return organizations;
    }

    /// <summary>Archives the oldest runs whose time has come.</summary>
    /// <returns>How many; 0 when there are none, or another node is at it.</returns>
    public async Task<int> ArchiveAsync(string organization, CancellationToken ct)
    {
        if (options.Value.ArchiveDays == 0)
            return 0;
        var now = time.GetUtcNow();
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await TryLockAsync(connection, ct))
            return 0;
        List<(Guid Id, string Record)> runs = [];
        await using (var find = Command(connection, Archivable, organization, now.AddDays(-options.Value.ArchiveDays), (long)options.Value.MaxRunBytes, options.Value.BatchRuns))
        await using (var reader = await find.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                runs.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        foreach (var (id, record) in runs)
            await ArchiveAsync(connection, organization, id, record, now, ct);
        await transaction.CommitAsync(ct);
        return runs.Count;
    }

    /// <summary>Deletes what the archive has of the runs whose time is up; their row stays, and says who ran what and with which digest.</summary>
    /// <returns>How many; 0 when there are none, or another node is at it.</returns>
    public async Task<int> DeleteAsync(string organization, CancellationToken ct)
    {
        if (options.Value.DeleteDays == 0)
            return 0;
        var now = time.GetUtcNow();
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await TryLockAsync(connection, ct))
            return 0;
        List<Guid> runs = [];
        await using (var find = Command(connection, Deletable, organization, now.AddDays(-options.Value.DeleteDays), options.Value.BatchRuns))
        await using (var reader = await find.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                runs.Add(reader.GetGuid(0));
        }

        foreach (var id in runs)
        {
            // What the record says beside who, what and when may come from the run's input.
            await ExecuteAsync(connection, "update run_archive set content = null, deleted_at = $2, record = record - 'name' - 'correlationId' - 'incident' where run_id = $1", ct, id, now);
            await ExecuteAsync(connection, "delete from human_task where run_id = $1", ct, id);
            await AuditTrail.InsertAsync(connection, Audit.Compose(now, Caller.ForSystem(organization), "run.delete", "run", id.ToString()), ct);
        }

        await transaction.CommitAsync(ct);
        return runs.Count;
    }

    private static async Task ArchiveAsync(NpgsqlConnection connection, string organization, Guid id, string record, DateTimeOffset now, CancellationToken ct)
    {
        List<(long, byte[])> pages = [];
        await using (var journal = Command(connection, "select version, events from run_journal where run_id = $1 and organization = $2 order by version", id, organization))
        await using (var reader = await journal.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                pages.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        }

        await using var tasks = Command(connection, Tasks, id);
        var document = ArchiveDocument.Write(organization, record, pages, (string)(await tasks.ExecuteScalarAsync(ct))!);
        var digest = SHA256.HashData(document);
        await ExecuteAsync(
            connection,
            """
            insert into run_archive (run_id, organization, definition_id, sub_status, created_at, finished_at, archived_at, size, sha256, content, record)
            select id, organization, definition_id, sub_status, created_at, coalesce((record ->> 'finishedAt')::timestamptz, created_at), $2, $3, $4, $5, record from run where id = $1
            """,
            ct,
            id,
            now,
            document.LongLength,
            digest,
            ArchiveDocument.Compress(document));
        foreach (var table in new[] { "run_journal where run_id", "run_state where run_id", "run_start where run_id", "data_set_pin where run_id", "run where id" })
            await ExecuteAsync(connection, $"delete from {table} = $1", ct, id);
        await AuditTrail.InsertAsync(connection, Audit.Compose(now, Caller.ForSystem(organization), "run.archive", "run", id.ToString(), LabelOf(Convert.ToHexStringLower(digest))), ct);
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var hold = Command(connection, "select pg_try_advisory_xact_lock($1)", Lock);
        return await hold.ExecuteScalarAsync(ct) is true;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(value is DateTimeOffset at ? new() { Value = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz } : new() { Value = value });
        return command;
    }
}
