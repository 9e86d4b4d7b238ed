using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Hosting;

namespace IndustryBrain.Identity.SetUp;

/// <summary>Whether the platform still waits for its three administrators. Development does not: it has people of its own.</summary>
internal sealed class SetUpState(IOrganizationSessions sessions, IHostEnvironment environment, TimeProvider time)
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(5);
    private volatile bool _isDone;
    private DateTimeOffset _until;

    /// <summary>True until each of the three roles has somebody.</summary>
    internal async ValueTask<bool> IsOpenAsync(CancellationToken ct)
    {
        if (environment.IsDevelopment() || _isDone) return false;
        if (time.GetUtcNow() < _until) return true;
        var open = (await MissingAsync(ct)).Count > 0;
        (_isDone, _until) = (!open, time.GetUtcNow() + CacheTime);
        return open;
    }

    /// <summary>The roles that nobody has.</summary>
    internal async Task<IReadOnlyList<string>> MissingAsync(CancellationToken ct)
    {
        await using var session = sessions.OpenPlatform();
        var members = await session.Query<Membership>().Where(m => m.Organization == PlatformOrganization.Id).ToListAsync(ct);
        // Those of Development have no password, and cannot sign in elsewhere.
        var people = members.Select(m => m.PersonId).ToArray();
        var able = (await session.Query<Account>().Where(a => people.Contains(a.Id) && a.PasswordHash != null).ToListAsync(ct)).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return [.. Role.OfPlatform.Except(members.Where(m => able.Contains(m.PersonId)).SelectMany(m => m.Roles))];
    }

    internal void Forget() => _until = default;
}
