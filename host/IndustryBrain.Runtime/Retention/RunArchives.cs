using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Npgsql;

namespace IndustryBrain.Runtime.Retention;

/// <summary>The finished runs that left the journal. Whatever is read is read for one organization, and compared with its digest and with that in the audit trail. Safe for use from many threads.</summary>
public sealed class RunArchives
{
    private const string Columns = "run_id, record, finished_at, archived_at, deleted_at, size, sha256, run_is_held(organization, definition_id, run_id)";

    private readonly Database _database;

    internal RunArchives(Database database) => _database = database;

    /// <summary>Archived runs of the caller's organization: those of a scenario, with a sub-status, accepted within a period.</summary>
    public async Task<ArchivePage> ListAsync(Caller caller, RunFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(filter);
        const string Conditions = "organization = $1 and definition_id = coalesce($2, definition_id) and sub_status = coalesce($3, sub_status) and created_at >= coalesce($4, '-infinity') and created_at < coalesce($5, 'infinity')";
        var (page, size) = (Math.Max(1, filter.Page), Math.Clamp(filter.PageSize, 1, 200));
        await using var batch = _database.DataSource.CreateBatch();
        foreach (var sql in new[] { $"select count(*) from run_archive where {Conditions}", string.Create(CultureInfo.InvariantCulture, $"select {Columns} from run_archive where {Conditions} order by created_at desc, run_id limit {size} offset {(page - 1L) * size}") })
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new() { Value = OrganizationId.Require(caller.Organization) });
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = filter.DefinitionId, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = filter.SubStatus, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter<DateTime?> { TypedValue = filter.From?.UtcDateTime, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
            command.Parameters.Add(new NpgsqlParameter<DateTime?> { TypedValue = filter.To?.UtcDateTime, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        List<ArchivedRun> items = [];
        while (await reader.ReadAsync(cancellationToken))
            items.Add(Read(reader));
        return new(items, total, page, size);
    }

    /// <summary>
    /// The document that was archived, as it was: whoever computes its SHA-256 gets the digest of the list. Refused: not archived (IB3143), its content deleted (IB3142), altered (IB3144).
    /// </summary>
    public async Task<Result<byte[]>> ExportAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return await FindAsync(caller.Organization, id, cancellationToken) is { } run ? await ReadAsync(caller.Organization, run, cancellationToken) : RetentionFailures.NotArchived(id.ToString());
    }

    internal async Task<ArchivedRun?> FindAsync(string organization, Guid id, CancellationToken ct)
    {
        await using var command = _database.DataSource.CreateCommand($"select {Columns} from run_archive where run_id = $1 and organization = $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = OrganizationId.Require(organization) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    internal async Task<Result<RecordedRun>> OpenAsync(string organization, ArchivedRun run, CancellationToken ct) =>
        (await ReadAsync(organization, run, ct)).Then<RecordedRun>(document => ArchiveDocument.Read(document));

    private async Task<Result<byte[]>> ReadAsync(string organization, ArchivedRun run, CancellationToken ct)
    {
        if (run.DeletedAt is not null)
            return RetentionFailures.Deleted(run);
        await using var command = _database.DataSource.CreateCommand(
            """
            select content, (select record -> 'object' ->> 'label' from audit_record
                where organization = $2 and at >= $3 and at < $4 and action = 'run.archive' and record -> 'object' ->> 'id' = $1::text order by at desc limit 1)
            from run_archive where run_id = $1 and organization = $2
            """);
        command.Parameters.Add(new() { Value = run.Id });
        command.Parameters.Add(new() { Value = organization });
        command.Parameters.Add(new() { Value = run.ArchivedAt.AddMinutes(-1).UtcDateTime });
        command.Parameters.Add(new() { Value = run.ArchivedAt.AddMinutes(1).UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct) || await reader.IsDBNullAsync(0, ct))
            return RetentionFailures.NotArchived(run.Id.ToString());
        var sealedAs = await reader.IsDBNullAsync(1, ct) ? null : reader.GetString(1);
        try
        {
            var document = ArchiveDocument.Expand(reader.GetFieldValue<byte[]>(0), run.Bytes);
            var digest = Convert.ToHexStringLower(SHA256.HashData(document));
            return digest == run.Sha256 && sealedAs == RetentionPass.LabelOf(digest) ? document : RetentionFailures.Altered(run.Id);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return RetentionFailures.Altered(run.Id);
        }
    }

    private static ArchivedRun Read(NpgsqlDataReader reader)
    {
        var record = JsonSerializer.Deserialize(reader.GetString(1), JournalJson.Default.RunRecord)!;
        return new(
            reader.GetGuid(0),
            record.DefinitionId,
            record.ScenarioName,
            record.Version,
            record.SubStatus,
            record.StartedBy,
            record.CreatedAt,
            reader.GetFieldValue<DateTimeOffset>(2),
            reader.GetFieldValue<DateTimeOffset>(3),
            reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
            reader.GetInt64(5),
            Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(6)),
            reader.GetBoolean(7));
    }
}
