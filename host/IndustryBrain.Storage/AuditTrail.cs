using System.Text.Json;
using IndustryBrain.Storage.Auditing;
using Npgsql;

namespace IndustryBrain.Storage;

/// <summary>The audit trail outside a change: what was refused, and reading.</summary>
public sealed class AuditTrail(Database database, TimeProvider time)
{
    /// <summary>Appends a record in a transaction of its own, for what changed nothing: a refusal, a failed try.</summary>
    public async Task AppendAsync(Caller caller, string action, string objectType, string objectId, AuditResult result, string? code, CancellationToken cancellationToken)
    {
        var record = AuditRecord.Create(time.GetUtcNow(), caller, action, objectType, objectId, result, code, null);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await InsertAsync(connection, record, cancellationToken);
    }

    /// <summary>Reads the newest records of one organization, newest first.</summary>
    /// <param name="organization">Whose trail.</param>
    /// <param name="limit">At most so many; 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<JsonElement>> ReadAsync(string organization, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand("select body from audit_record where organization = $1 order by at desc, id desc limit $2");
        command.Parameters.Add(new() { Value = OrganizationId.Require(organization) });
        command.Parameters.Add(new() { Value = Math.Clamp(limit, 1, 1000) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new List<JsonElement>();
        while (await reader.ReadAsync(cancellationToken))
        {
            records.Add(JsonElement.Parse(reader.GetFieldValue<byte[]>(0)));
        }

        return records;
    }

    /// <summary>Writes a record (<see cref="Audit.Compose"/>) with the statements of whoever makes the change, in the transaction of their connection.</summary>
    public static async Task InsertAsync(NpgsqlConnection connection, AuditRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        await using var command = new NpgsqlCommand(AuditRecord.Insert, connection);
        foreach (var value in new object[] { record.Id, record.Organization, record.At, record.Action, record.Body, record.Json })
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
