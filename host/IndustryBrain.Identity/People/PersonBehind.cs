using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.People;

/// <summary>The person behind a caller: themselves, or the one that a key acts for. Nobody stands behind a service account, a bootstrap key, the platform, or the local person of Development.</summary>
internal static class PersonBehind
{
    internal static async Task<string?> FindAsync(IQuerySession session, Caller caller, CancellationToken ct)
    {
        var person = caller.Actor.Kind switch
        {
            ActorKind.Person => caller.Actor.Id,
            ActorKind.Key => (await session.Query<ApiKey>().FirstOrDefaultAsync(k => k.Organization == caller.Organization && k.ShortId == caller.Actor.Id, ct))?.Person,
            _ => null,
        };
        return person is not null && await session.LoadAsync<Membership>(Membership.IdOf(person, caller.Organization), ct) is { SuspendedAt: null } ? person : null;
    }
}
