using System.Runtime.CompilerServices;
using System.Text.Json;
using IndustryBrain.Storage;
using Npgsql;

namespace IndustryBrain.Identity.Auditing;

/// <summary>A record of the audit trail with its place in the chain.</summary>
/// <param name="Seq">Its number in the chain of its organization, from 1; null while it is not sealed.</param>
/// <param name="Link">Its link, lower-case hexadecimal; null while it is not sealed.</param>
/// <param name="Record">The record.</param>
public sealed record AuditEntry(long? Seq, string? Link, JsonElement Record);

/// <summary>Reads the audit trail.</summary>
public sealed class AuditReader(Database database)
{
    private const string Select = """
        select s.seq, s.link, r.body from audit_record r left join audit_seal s on s.number = r.number
        where r.organization = $1
            and ($2::timestamptz is null or r.at >= $2) and ($3::timestamptz is null or r.at < $3)
            and ($4::text is null or starts_with(r.action, $4))
            and ($5::text is null or r.record #>> '{actor,id}' = $5)
            and ($6::text is null or r.record #>> '{object,id}' = $6)
            and ($7::text is null or r.record ->> 'result' = $7)
            and ($8::uuid is null or (r.at, r.id) < (select b.at, b.id from audit_record b where b.id = $8 and b.organization = $1))
        order by r.at desc, r.id desc
        """;

    /// <summary>One page, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(string organization, AuditFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        List<AuditEntry> page = [];
        await foreach (var entry in StreamAsync(organization, filter, filter.PageSize, cancellationToken))
        {
            page.Add(entry);
        }

        return page;
    }

    /// <summary>All records of a filter, newest first, as they come.</summary>
    public IAsyncEnumerable<AuditEntry> ReadAllAsync(string organization, AuditFilter filter, CancellationToken cancellationToken) => StreamAsync(organization, filter, null, cancellationToken);

    /// <summary>The sealed records of a part of the chain, oldest first.</summary>
    internal async IAsyncEnumerable<AuditEntry> ReadRangeAsync(string organization, long after, long last, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("select s.seq, s.link, r.body from audit_seal s join audit_record r using (number) where s.organization = $1 and s.seq > $2 and s.seq <= $3 order by s.seq", connection)
        {
            Parameters = { new() { Value = organization }, new() { Value = after }, new() { Value = last } },
            CommandTimeout = 0,
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return new(reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1)), JsonElement.Parse(reader.GetFieldValue<byte[]>(2)));
        }
    }

    private async IAsyncEnumerable<AuditEntry> StreamAsync(string organization, AuditFilter filter, int? limit, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(limit is null ? Select : Select + " limit $9", connection) { CommandTimeout = limit is null ? 0 : 30 };
        var values = new object?[] { OrganizationId.Require(organization), filter.From?.UtcDateTime, filter.To?.UtcDateTime, filter.Action, filter.Actor, filter.Object, filter.Result, filter.After };
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }

        if (limit is { } most)
        {
            command.Parameters.Add(new() { Value = most });
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var isSealed = !await reader.IsDBNullAsync(0, ct);
            yield return new(
                isSealed ? reader.GetInt64(0) : null,
                isSealed ? Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1)) : null,
                JsonElement.Parse(reader.GetFieldValue<byte[]>(2)));
        }
    }
}
