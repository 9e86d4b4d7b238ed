using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.Organizations;

/// <summary>Who belongs where.</summary>
public sealed class MembershipStore(IOrganizationSessions sessions)
{
    /// <summary>The memberships of a person, oldest first.</summary>
    public async Task<IReadOnlyList<Membership>> OfPersonAsync(string person, CancellationToken cancellationToken)
    {
        await using var session = sessions.OpenPlatform();
        return await session.Query<Membership>().Where(m => m.PersonId == person).OrderBy(m => m.Since).ToListAsync(cancellationToken);
    }
}
