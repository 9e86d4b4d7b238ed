using System.Collections.Concurrent;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Organizations;

/// <summary>Whether something may start in an organization. What is known is kept for five seconds: nothing that starts asks the database each time.</summary>
public sealed class OrganizationGate(IOrganizationSessions sessions, TimeProvider time)
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (bool IsOpen, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    /// <summary>IB4088 while the organization is suspended, or when it is deleted; null when things may start in it.</summary>
    public async ValueTask<Failure?> RefuseAsync(string organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var now = time.GetUtcNow();
        if (!_known.TryGetValue(organization, out var known) || known.Until <= now)
        {
            await using var session = sessions.OpenPlatform();
            known = (await session.LoadAsync<Organization>(organization, cancellationToken) is not { State: OrganizationState.Suspended or OrganizationState.Deleted }, now + CacheTime);
            _known[organization] = known;
        }

        return known.IsOpen ? null : OrganizationFailures.NotInUse(organization);
    }
}
