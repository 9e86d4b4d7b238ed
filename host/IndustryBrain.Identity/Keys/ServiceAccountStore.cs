using IndustryBrain.Identity.Naming;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.Keys;

/// <summary>The service accounts of an organization.</summary>
public sealed class ServiceAccountStore(IOrganizationSessions sessions, ApiKeyStore keys, TimeProvider time)
{
    /// <summary>The service accounts of the caller's organization, oldest first; closed ones are among them.</summary>
    public async Task<IReadOnlyList<ServiceAccount>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = sessions.OpenPlatform();
        return await session.Query<ServiceAccount>().Where(a => a.Organization == caller.Organization).OrderBy(a => a.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a service account. Refused: name (IB4064, IB4069), roles that are none (IB4075), or that give what the maker has not (IB4061).</summary>
    public async Task<Result<ServiceAccount>> CreateAsync(Caller caller, IReadOnlyCollection<string> own, string? name, IReadOnlyList<string>? roles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        if (!DisplayName.Read(name, "name").TryGet(out var read, out var failure) || !MembershipRules.Read(roles, own, caller.Organization).TryGet(out var given, out failure))
        {
            return failure;
        }

        await using var session = await sessions.OpenExclusiveAsync(caller.Organization, cancellationToken);
        var others = await session.Query<ServiceAccount>().Where(a => a.Organization == caller.Organization && a.ClosedAt == null).ToListAsync(cancellationToken);
        if (others.FirstOrDefault(a => DisplayName.Fold(a.Name) == DisplayName.Fold(read)) is { } same)
        {
            return KeyFailures.NameTaken(same.Name);
        }

        var account = new ServiceAccount($"sa-{Guid.CreateVersion7(time.GetUtcNow()):n}", caller.Organization, read, given, time.GetUtcNow(), caller.Actor);
        session.Store(account);
        session.Append(caller, "service-account.create", "service-account", account.Id, label: $"{read}: {string.Join(", ", given)}");
        await session.SaveChangesAsync(cancellationToken);
        return account;
    }

    /// <summary>Closes a service account and revokes its keys. Refused: unknown (IB4067).</summary>
    public async Task<Result<ServiceAccount>> CloseAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = await sessions.OpenExclusiveAsync(caller.Organization, cancellationToken);
        if (await OpenAsync(session, caller.Organization, id, cancellationToken) is not { } account)
        {
            return KeyFailures.NoAccount(id);
        }

        var now = time.GetUtcNow();
        var closed = account with { ClosedAt = now };
        session.Store(closed);
        session.Append(caller, "service-account.close", "service-account", id, label: account.Name);
        foreach (var key in await session.Query<ApiKey>().Where(k => k.ServiceAccount == id && k.RevokedAt == null).ToListAsync(cancellationToken))
        {
            session.Store(key with { RevokedAt = now });
            session.Append(caller, "key.revoke", "key", key.ShortId, label: key.Name);
        }

        await session.SaveChangesAsync(cancellationToken);
        keys.Forget();
        return closed;
    }

    internal static async Task<ServiceAccount?> OpenAsync(IQuerySession session, string organization, string id, CancellationToken ct) =>
        StableId.IsValid(id) && await session.LoadAsync<ServiceAccount>(id, ct) is { ClosedAt: null } account && account.Organization == organization ? account : null;
}
