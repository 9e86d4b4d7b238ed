using IndustryBrain.Identity.Organizations;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Retention;

/// <summary>An organization with a legal hold on anything keeps its data.</summary>
internal sealed class HeldOrganizations(LegalHolds holds) : IDeletionHold
{
    public async Task<bool> HoldsAsync(string organization, CancellationToken cancellationToken) =>
        (await holds.ListAsync(Caller.ForSystem(organization), cancellationToken)).Any(h => h.LiftedAt is null);
}
