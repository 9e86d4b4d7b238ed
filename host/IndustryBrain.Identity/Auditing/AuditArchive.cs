using System.Globalization;
using System.Security.Cryptography;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Identity.Auditing;

/// <summary>
/// Moves whole months of the audit trail that are older than its retention into signed files, <c>archive/{organization}/{yyyy-MM}.jsonl</c> below <see cref="AuditOptions.Folder"/>:
/// a file is complete on disk before its records leave the database, and the chain goes on from a signed base. One host does it, under a lock of the database.
/// </summary>
internal sealed partial class AuditArchive(Database database, AuditKey key, AuditReader reader, AuditExport export, IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditArchive> logger) : BackgroundService
{
    // "IBaudar" in ASCII.
    private const long LockKey = 0x0049_4261_7564_6172;

    private readonly AuditOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(_options.ArchiveMinutes), time);
        try
        {
            do
            {
                try
                {
                    await MoveAsync(stoppingToken);
                }
                catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or UnauthorizedAccessException)
                {
                    // Nothing has left: it is tried again.
                    LogNotArchived(logger, e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Moves what is old enough.</summary>
    internal async Task MoveAsync(CancellationToken ct)
    {
        var kept = time.GetUtcNow().AddDays(-_options.RetentionDays);
        var before = new DateTimeOffset(kept.Year, kept.Month, 1, 0, 0, 0, TimeSpan.Zero);
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        if (!await LockAsync(connection, "pg_try_advisory_lock", ct))
            return;
        try
        {
            foreach (var organization in await OldAsync(connection, before, ct))
            {
                while (await MoveMonthAsync(connection, organization, before, ct))
                {
                }
            }
        }
        finally
        {
            await LockAsync(connection, "pg_advisory_unlock", CancellationToken.None);
        }
    }

    private static async Task<bool> LockAsync(NpgsqlConnection connection, string function, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {function}({LockKey})", connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task<List<string>> OldAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select distinct organization from audit_record where at < $1", connection) { Parameters = { new() { Value = before.UtcDateTime } }, CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(ct);
        List<string> found = [];
        while (await rows.ReadAsync(ct))
            found.Add(rows.GetString(0));
        return found;
    }

    /// <returns>True when a month has left, so that the next may follow.</returns>
    private async Task<bool> MoveMonthAsync(NpgsqlConnection connection, string organization, DateTimeOffset before, CancellationToken ct)
    {
        var begin = await AuditBase.ReadAsync(connection, organization, key, ct);
        if (!begin.IsSigned || await FirstAsync(connection, organization, begin.Seq, ct) is not { } first)
            return false;
        var month = new DateTimeOffset(first.Year, first.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        if (month > before || await LastAsync(connection, organization, begin.Seq, month, ct) is not var (seq, number, link))
            return false;

        var folder = Directory.CreateDirectory(Path.Combine(_options.Folder, "archive", organization)).FullName;
        var file = string.Create(CultureInfo.InvariantCulture, $"{month.AddMonths(-1):yyyy-MM}.jsonl");
        var sha256 = await WriteAsync(Path.Combine(folder, file), organization, begin.Seq, seq, ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var body = AuditBase.Compose(key, organization, seq, link, file, sha256, now);
        await using (var batch = new NpgsqlBatch(connection, transaction) { Timeout = 0 })
        {
            batch.BatchCommands.Add(new("set local industrybrain.archiving = 'on'"));
            batch.BatchCommands.Add(new("insert into audit_base (organization, seq, number, body, signature) values ($1, $2, $3, $4, $5)")
            {
                Parameters = { new() { Value = organization }, new() { Value = seq }, new() { Value = number }, new() { Value = body }, new() { Value = key.Sign(body) } },
            });
            batch.BatchCommands.Add(new("delete from audit_record where number in (select number from audit_seal where organization = $1 and seq <= $2)") { Parameters = { new() { Value = organization }, new() { Value = seq } } });
            batch.BatchCommands.Add(new("delete from audit_seal where organization = $1 and seq <= $2") { Parameters = { new() { Value = organization }, new() { Value = seq } } });
            await batch.ExecuteNonQueryAsync(ct);
        }

        await AuditTrail.InsertAsync(connection, Audit.Compose(now, Caller.ForSystem(organization), "audit.archive", "audit", organization, file), ct);
        await transaction.CommitAsync(ct);
        LogArchived(logger, organization, seq - begin.Seq, file);
        return true;
    }

    private static async Task<DateTime?> FirstAsync(NpgsqlConnection connection, string organization, long after, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select r.at from audit_seal s join audit_record r using (number) where s.organization = $1 and s.seq = $2", connection) { Parameters = { new() { Value = organization }, new() { Value = after + 1 } } };
        return await command.ExecuteScalarAsync(ct) as DateTime?;
    }

    // Records may be sealed a little out of their order: what was sealed after the first of a later month stays with it.
    private static async Task<(long Seq, long Number, byte[] Link)?> LastAsync(NpgsqlConnection connection, string organization, long after, DateTimeOffset end, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select s.seq, (select max(n.number) from audit_seal n where n.organization = $1 and n.seq <= s.seq), s.link from audit_seal s
            where s.organization = $1 and s.seq > $2
                and s.seq < coalesce((select min(l.seq) from audit_seal l join audit_record r using (number) where l.organization = $1 and l.seq > $2 and r.at >= $3), 9223372036854775807)
            order by s.seq desc limit 1
            """,
            connection)
        {
            Parameters = { new() { Value = organization }, new() { Value = after }, new() { Value = end.UtcDateTime } },
            CommandTimeout = 0,
        };
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? (rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2)) : null;
    }

    private async Task<byte[]> WriteAsync(string file, string organization, long after, long last, CancellationToken ct)
    {
        var next = file + ".new";
        byte[] sha256;
        await using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            sha256 = await export.WriteJsonLinesAsync(stream, organization, reader.ReadRangeAsync(organization, after, last, ct), ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, file, overwrite: true);
        return sha256;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Records} records of the audit trail of {Organization} have left for {File}")]
    private static partial void LogArchived(ILogger logger, string organization, long records, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit trail could not be archived: {Reason}")]
    private static partial void LogNotArchived(ILogger logger, string reason);
}
