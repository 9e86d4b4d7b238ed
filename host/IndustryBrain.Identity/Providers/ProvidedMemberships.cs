using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.Providers;

/// <summary>Keeps memberships as a provider's grants say, with each sign-in. What people gave stays theirs; a member whom people keep out stays out.</summary>
internal sealed class ProvidedMemberships(IOrganizationSessions sessions, ApiKeyStore keys, TimeProvider time)
{
    /// <summary>The grants whose organization is there and in use.</summary>
    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> UsableAsync(IReadOnlyDictionary<string, IReadOnlyList<string>> grants, CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        var known = (await session.LoadManyAsync<Organization>(ct, grants.Keys)).ToDictionary(o => o.Id, o => o.State, StringComparer.Ordinal);
        return grants.Where(g => known.TryGetValue(g.Key, out var state) ? state is OrganizationState.Active or OrganizationState.Leaving : g.Key == DemoOrganization.Id)
            .ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
    }

    /// <summary>Adds, changes and removes what the provider gives the person.</summary>
    internal async Task ApplyAsync(Caller caller, Account account, string provider, IReadOnlyDictionary<string, IReadOnlyList<string>> grants, CancellationToken ct)
    {
        List<string> given;
        await using (var look = sessions.OpenPlatform())
        {
            given = [.. await look.Query<Membership>().Where(m => m.PersonId == account.Id && m.Provider == provider).Select(m => m.Organization).ToListAsync(ct)];
        }

        foreach (var organization in grants.Keys.Union(given).Order(StringComparer.Ordinal))
        {
            await using var session = await sessions.OpenExclusiveAsync(organization, ct);
            await session.LockAsync("person/" + account.Id, ct);
            var all = await session.Query<Membership>().Where(m => m.PersonId == account.Id).ToListAsync(ct);
            if (await ChangeAsync(session, caller with { Organization = organization }, account, provider, all, grants.GetValueOrDefault(organization), ct)) await session.SaveChangesAsync(ct);
        }

        keys.Forget();
    }

    private async Task<bool> ChangeAsync(IDocumentSession session, Caller caller, Account account, string provider, IReadOnlyList<Membership> all, IReadOnlyList<string>? roles, CancellationToken ct)
    {
        var present = all.FirstOrDefault(m => m.Organization == caller.Organization);
        if ((present is not null && present.Provider != provider) || (present is not null && roles is not null && present.Roles.SequenceEqual(roles))) return false;
        if (roles is null)
        {
            // Kept out by people: were the row gone, the next grant would let them in again.
            if (present is null or { SuspendedAt: not null }) return false;
            session.Delete(present);
            await MembershipStore.RevokeKeysAsync(session, caller, account.Id, time.GetUtcNow(), ct);
            session.Append(caller, "member.remove", "person", account.Id, label: provider);
            return true;
        }

        if (MembershipRules.Judge(account.Id, all, caller.Organization, roles) is { } excluded)
        {
            session.Append(caller, "member.add", "person", account.Id, AuditResult.Denied, excluded.Code, provider);
            return true;
        }

        session.Store(present is null ? new Membership(account.Id, caller.Organization, roles, time.GetUtcNow()) { Provider = provider } : present with { Roles = roles });
        session.Append(caller, present is null ? "member.add" : "member.roles", "person", account.Id, label: $"{string.Join(", ", roles)} · {provider}");
        return true;
    }
}
