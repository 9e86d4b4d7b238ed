using IndustryBrain.Identity.Accounts;
using IndustryBrain.Storage;
using Marten;
using Npgsql;

namespace IndustryBrain.Identity.Passkeys;

/// <summary>The passkeys in the database.</summary>
internal sealed class PasskeyStore(IOrganizationSessions sessions, Database database, TimeProvider time)
{
    internal async Task<IReadOnlyList<Passkey>> OfPersonAsync(string person, CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        return await session.Query<Passkey>().Where(p => p.Person == person).OrderBy(p => p.CreatedAt).ToListAsync(ct);
    }

    internal async Task<bool> AnyAsync(string person, CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        return await session.Query<Passkey>().AnyAsync(p => p.Person == person, ct);
    }

    internal async Task<Passkey?> FindAsync(string id, CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        return await session.LoadAsync<Passkey>(id, ct);
    }

    internal async Task StoreAsync(Passkey passkey, CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        session.Store(passkey);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>Changes what the person's account has, with the account's stamp and the audit record.</summary>
    internal async Task ChangeAsync(Caller caller, string action, Passkey passkey, Action<IDocumentSession> change, Action<IDocumentSession, Account> also, CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        var account = (await session.LoadAsync<Account>(passkey.Person, ct))!;
        account.SecurityStamp = AccountRegister.NewStamp();
        session.Store(account);
        change(session);
        session.Append(caller, action, "account", account.Id, label: passkey.Name);
        also(session, account);
        await session.SaveChangesAsync(ct);
    }

    /// <summary>True for the first use of what was shown to an authenticator.</summary>
    internal async Task<bool> UseOnceAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand("insert into passkey_use (id, at) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Deletes uses of what has become too old to be used again.</summary>
    internal async Task SweepAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand("delete from passkey_use where at < $1");
        command.Parameters.Add(new NpgsqlParameter { Value = before });
        await command.ExecuteNonQueryAsync(ct);
    }
}
