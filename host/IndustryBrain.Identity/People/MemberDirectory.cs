using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.People;

/// <summary>The members of the organizations. Where an organization has none yet, whoever is let in stands for everybody.</summary>
internal sealed class MemberDirectory(IOrganizationSessions sessions) : IPersonDirectory
{
    private static readonly OpenDirectory Open = new();

    public async ValueTask<Person?> FindAsync(string organization, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var session = sessions.OpenPlatform();
        if (!await HasMembersAsync(session, organization, cancellationToken))
        {
            return await Open.FindAsync(organization, actor, cancellationToken);
        }

        if (actor.Kind == ActorKind.Person)
        {
            return await MemberAsync(session, organization, actor.Id, cancellationToken);
        }

        if (actor.Kind != ActorKind.Key || await session.Query<ApiKey>().FirstOrDefaultAsync(k => k.Organization == organization && k.ShortId == actor.Id, cancellationToken) is not { } key)
        {
            return null;
        }

        return key.Person is { } person ? await MemberAsync(session, organization, person, cancellationToken)
            : key.ServiceAccount is { } account && await ServiceAccountStore.OpenAsync(session, organization, account, cancellationToken) is { } holder ? new(holder.Id, holder.Name, holder.Roles)
            : null;
    }

    public async ValueTask<Person?> FindAsync(string organization, string id, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        return await HasMembersAsync(session, organization, cancellationToken)
            ? await MemberAsync(session, organization, id, cancellationToken)
            : await Open.FindAsync(organization, id, cancellationToken);
    }

    private static Task<bool> HasMembersAsync(IQuerySession session, string organization, CancellationToken ct) => session.Query<Membership>().AnyAsync(m => m.Organization == organization, ct);

    private static async Task<Person?> MemberAsync(IQuerySession session, string organization, string person, CancellationToken ct)
    {
        if (person.Contains('\0', StringComparison.Ordinal) || await session.LoadAsync<Membership>(Membership.IdOf(person, organization), ct) is not { SuspendedAt: null } member)
        {
            return null;
        }

        return new(person, (await session.LoadAsync<Account>(person, ct))?.Name ?? person, member.Roles);
    }
}
