using Npgsql;

namespace IndustryBrain.Storage;

/// <summary>All that is stored of one organization, in whatever tables the rooms keep it.</summary>
public sealed class OrganizationData(Database database, TimeProvider time)
{
    // Each table that says whose a row is; the trail stays, since it proves what was done.
    private const string Tables =
        """
        select quote_ident(c.table_schema) || '.' || quote_ident(c.table_name), quote_ident(c.column_name)
        from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.column_name in ('organization', 'tenant_id') and t.table_type = 'BASE TABLE' and c.table_schema = current_schema() and c.table_name not like 'audit\_%'
        order by 1
        """;

    /// <summary>Deletes the rows, documents, events and files of an organization in one transaction, and writes the record about it; the audit trail stays.</summary>
    /// <returns>How many rows.</returns>
    public async Task<long> EraseAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var organization = OrganizationId.Require(caller.Organization);
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tables = new List<(string Table, string Column)>();
        await using (var list = new NpgsqlCommand(Tables, connection))
        await using (var reader = await list.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                tables.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        long rows = 0;
        foreach (var (table, column) in tables)
        {
#pragma warning disable CA2100 // Names of tables as the catalog quotes them; the organization is a parameter.
            await using var delete = new NpgsqlCommand($"delete from {table} where {column} = $1", connection) { Parameters = { new() { Value = organization } } };
#pragma warning restore CA2100
            rows += await delete.ExecuteNonQueryAsync(cancellationToken);
        }

        await AuditTrail.InsertAsync(connection, Audit.Compose(time.GetUtcNow(), caller, "organization.erase", "organization", organization, label: $"{rows} rows"), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }
}
