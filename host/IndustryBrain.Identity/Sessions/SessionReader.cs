using System.Collections.Concurrent;
using System.Security.Claims;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Sessions;

/// <summary>A session that holds, and what its person may do now.</summary>
/// <param name="Session">The session.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Memberships">Where they belong.</param>
/// <param name="Needs">What they have to do before anything else; null when nothing.</param>
internal sealed record LiveSession(Session Session, Account Account, IReadOnlyList<Membership> Memberships, SessionNeed? Needs)
{
    internal IEnumerable<string> Roles => Memberships.FirstOrDefault(m => m.Organization == Session.Organization)?.Roles ?? [];

    internal ClaimsPrincipal ToPrincipal(string scheme) => CallerClaims.Write(
        new Caller(Session.Organization, new Actor(ActorKind.Person, Account.Id, Account.Name), Session.Address), Needs is null ? RolePermissions.Of(Roles) : [], scheme, Session.Id);
}

/// <summary>What a person has to do before their session opens anything else.</summary>
internal enum SessionNeed
{
    /// <summary>Set up a second factor: their role asks for one.</summary>
    SecondFactor,

    /// <summary>Change their password: it is too old.</summary>
    Password,
}

/// <summary>Judges sessions: whoever signed in is looked up again every few seconds, so that what ends or changes on one node does so on all.</summary>
internal sealed class SessionReader(SessionStore store, IOrganizationSessions documents, MembershipStore memberships, IOptions<SignInOptions> options, IOptions<PasswordPolicy> policy, TimeProvider time)
{
    // What ended is refused on every node within this time.
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TouchTime = TimeSpan.FromMinutes(1);
    private const int LargestCache = 10_000;

    private readonly ConcurrentDictionary<string, (LiveSession? Live, DateTimeOffset Until)> _cache = new(StringComparer.Ordinal);

    /// <summary>The session of a cookie, or null when there is none or it is over.</summary>
    internal ValueTask<LiveSession?> ReadAsync(string token, CancellationToken ct) => ReadAsync(SessionStore.HashOf(token), ct);

    /// <summary>The session of this hash, or null when there is none or it is over.</summary>
    internal async ValueTask<LiveSession?> ReadAsync(byte[] hash, CancellationToken ct)
    {
        var (key, now) = (Convert.ToHexString(hash), time.GetUtcNow());
        if (_cache.TryGetValue(key, out var cached) && cached.Until > now)
        {
            return cached.Live;
        }

        var live = await JudgeAsync(hash, now, ct);
        if (_cache.Count >= LargestCache)
        {
            // Guessing must not fill the memory.
            _cache.Clear();
        }

        _cache[key] = (live, now + CacheTime);
        return live;
    }

    /// <summary>The person did something: their idle time begins anew.</summary>
    internal async ValueTask TouchAsync(LiveSession live, CancellationToken ct)
    {
        if (time.GetUtcNow() - live.Session.SeenAt < TouchTime) return;
        await store.TouchAsync(live.Session.Hash, ct);
        _cache.TryRemove(Convert.ToHexString(live.Session.Hash), out _);
    }

    /// <summary>Looks all sessions up again; called where one was changed here.</summary>
    internal void Forget() => _cache.Clear();

    internal static bool IsAdministrator(IEnumerable<Membership> memberships) => memberships.Any(m => m.Roles.Intersect(Role.OfPlatform).Any());

    /// <summary>True for roles that need a second factor.</summary>
    internal static bool NeedsFactor(IEnumerable<Membership> memberships) =>
        memberships.Any(m => m.Roles.Any(r => r is Role.Owner or Role.Developer || Role.OfPlatform.Contains(r)));

    private async Task<LiveSession?> JudgeAsync(byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        if (await store.FindAsync(hash, ct) is not { } session) return null;
        var account = await LoadAsync(session.Person, ct);
        if (account is not null && account.SecurityStamp != session.Stamp)
        {
            // Where this very session changed the password, both were written between the two looks.
            if (await store.FindAsync(hash, ct) is not { } again) return null;
            session = again;
        }

        var all = await memberships.OfPersonAsync(session.Person, ct);
        var (idle, hours) = IsAdministrator(all) ? (options.Value.AdministratorIdleMinutes, options.Value.AdministratorSessionHours) : (options.Value.IdleMinutes, options.Value.SessionHours);
        if (account is null || account.DisabledAt is not null || account.SecurityStamp != session.Stamp || !all.Any(m => m.Organization == session.Organization)
            || now - session.SeenAt > TimeSpan.FromMinutes(idle) || now - session.CreatedAt > TimeSpan.FromHours(hours))
        {
            await store.ExpireAsync(session, ct);
            return null;
        }

        // Whoever came in by other means than the password does not use it.
        var isOld = session.Method == Session.PasswordMethod && account.PasswordSetAt is { } setAt && policy.Value.IsExpired(setAt, IsAdministrator(all), now);
        return new(session, account, all, !session.HasFactor && NeedsFactor(all) ? SessionNeed.SecondFactor : isOld ? SessionNeed.Password : null);
    }

    private async Task<Account?> LoadAsync(string person, CancellationToken ct)
    {
        await using var platform = documents.OpenPlatform();
        return await platform.LoadAsync<Account>(person, ct);
    }
}
