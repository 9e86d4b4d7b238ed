using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using Marten;
using Npgsql;

namespace IndustryBrain.Identity.Providers;

/// <summary>Whom a provider says somebody is.</summary>
/// <param name="Issuer">The provider, as its tokens name it.</param>
/// <param name="Subject">The person there; never given to another.</param>
internal sealed record ExternalIdentity(string Issuer, string Subject);

/// <summary>An identity that lets a person in.</summary>
/// <param name="Provider">Id of the provider here.</param>
/// <param name="Label">What the person is called there.</param>
/// <param name="LinkedAt">Since when.</param>
internal sealed record ExternalLogin(string Provider, string Label, DateTimeOffset LinkedAt);

/// <summary>Which identity of a provider is which person.</summary>
internal sealed class ExternalLogins(Database database, TimeProvider time)
{
    private const string Insertion = "insert into external_login (issuer, subject, person, provider, label, linked_at)";

    internal async Task<string?> FindPersonAsync(ExternalIdentity identity, CancellationToken ct)
    {
        await using var command = Command("select person from external_login where issuer = $1 and subject = $2", identity.Issuer, identity.Subject);
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    internal async Task<IReadOnlyList<ExternalLogin>> OfPersonAsync(string person, CancellationToken ct)
    {
        await using var command = Command("select provider, label, linked_at from external_login where person = $1 order by linked_at", person);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<ExternalLogin> logins = [];
        while (await reader.ReadAsync(ct)) logins.Add(new(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return logins;
    }

    /// <summary>Links with what else the session stores.</summary>
    internal void Link(IDocumentSession session, ExternalIdentity identity, string person, string provider, string label) =>
        session.QueueSqlCommand(Insertion + " values (?, ?, ?, ?, ?, ?)", identity.Issuer, identity.Subject, person, provider, label, time.GetUtcNow());

    /// <summary>False when the identity is another person's, or the person has another at this provider.</summary>
    internal async Task<bool> LinkAsync(ExternalIdentity identity, string person, string provider, string label, AuditRecord record, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var insert = Add(new NpgsqlCommand(Insertion + " values ($1, $2, $3, $4, $5, $6) on conflict do nothing", connection), identity.Issuer, identity.Subject, person, provider, label, time.GetUtcNow()))
        {
            if (await insert.ExecuteNonQueryAsync(ct) == 0) return false;
        }

        await AuditTrail.InsertAsync(connection, record, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>False when there was no link.</summary>
    internal async Task<bool> UnlinkAsync(string person, string provider, AuditRecord record, CancellationToken ct)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var delete = Add(new NpgsqlCommand("delete from external_login where person = $1 and provider = $2", connection), person, provider))
        {
            if (await delete.ExecuteNonQueryAsync(ct) == 0) return false;
        }

        await AuditTrail.InsertAsync(connection, record, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private NpgsqlCommand Command(string sql, params object[] values) => Add(database.DataSource.CreateCommand(sql), values);

    private static NpgsqlCommand Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
