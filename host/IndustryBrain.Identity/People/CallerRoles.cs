using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.People;

/// <summary>What a caller is in the organization: the person, the one that a key acts for, or the service account that holds it. Nothing for a key of the organization itself.</summary>
public static class CallerRoles
{
    /// <summary>The roles.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IOrganizationSessions sessions, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = sessions.OpenPlatform();
        if (await PersonBehind.FindAsync(session, caller, cancellationToken) is { } person)
        {
            return (await session.LoadAsync<Membership>(Membership.IdOf(person, caller.Organization), cancellationToken))?.Roles ?? [];
        }

        var account = caller.Actor.Kind == ActorKind.Key
            ? (await session.Query<ApiKey>().FirstOrDefaultAsync(k => k.Organization == caller.Organization && k.ShortId == caller.Actor.Id, cancellationToken))?.ServiceAccount
            : null;
        return account is not null && await session.LoadAsync<ServiceAccount>(account, cancellationToken) is { ClosedAt: null } open && open.Organization == caller.Organization ? open.Roles : [];
    }
}
