using System.Collections.Concurrent;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Naming;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.People;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Keys;

/// <summary>Finds, makes, rotates and revokes API keys.</summary>
public sealed class ApiKeyStore
{
    // A revoked key is refused on every node within this time.
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(5);
    private const int LargestCache = 1000;
    private const int LongestOverlap = 720;
    private const int MostListed = 500;

    private readonly IOrganizationSessions _sessions;
    private readonly ApiKeyUses _uses;
    private readonly IOptions<ApiKeyOptions> _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (ApiKey? Key, DateTimeOffset Until)> _cache = new(StringComparer.Ordinal);
    private (bool Exists, DateTimeOffset Until) _any;

    internal ApiKeyStore(IOrganizationSessions sessions, ApiKeyUses uses, IOptions<ApiKeyOptions> options, TimeProvider time) => (_sessions, _uses, _options, _time) = (sessions, uses, options, time);

    /// <summary>The valid key of this text with what it may do now, or null. It is found by its hash, so that a comparison tells nothing about the text.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var id = ApiKeyText.Hash(text);
        var now = _time.GetUtcNow();
        if (!_cache.TryGetValue(id, out var cached) || cached.Until <= now)
        {
            await using var session = _sessions.OpenPlatform();
            cached = (await LoadAsync(session, id, cancellationToken), now + CacheTime);
            if (_cache.Count >= LargestCache)
            {
                // Guessing must not fill the memory.
                _cache.Clear();
            }

            _cache[id] = cached;
        }

        if (cached.Key?.StateAt(now) != ApiKeyState.Valid)
        {
            return null;
        }

        _uses.Note(id, now);
        return cached.Key;
    }

    /// <summary>True when at least one key was not revoked: the API is then open to keys only.</summary>
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken)
    {
        var (exists, until) = _any;
        if (until > _time.GetUtcNow())
        {
            return exists;
        }

        await using var session = _sessions.OpenPlatform();
        exists = await session.Query<ApiKey>().AnyAsync(k => k.RevokedAt == null, cancellationToken);
        _any = (exists, _time.GetUtcNow() + CacheTime);
        return exists;
    }

    /// <summary>The keys of the caller's organization, newest first; at most 500.</summary>
    public async Task<IReadOnlyList<ApiKeyView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.OpenPlatform();
        var keys = await session.Query<ApiKey>().Where(k => k.Organization == caller.Organization).OrderByDescending(k => k.CreatedAt).Take(MostListed).ToListAsync(cancellationToken);
        var uses = (await session.LoadManyAsync<ApiKeyUse>(cancellationToken, keys.Select(k => k.Id))).ToDictionary(u => u.Id, u => u.At, StringComparer.Ordinal);
        var now = _time.GetUtcNow();
        return [.. keys.Select(k => ApiKeyView.Of(k, now, uses.TryGetValue(k.Id, out var at) ? at : null))];
    }

    /// <summary>Makes a key of a given text; a text that was used before, revoked or not, changes nothing.</summary>
    public async Task<ApiKey> AddAsync(Caller caller, string text, string name, IReadOnlyList<string> permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.OpenPlatform();
        var id = ApiKeyText.Hash(text);
        if (await session.LoadAsync<ApiKey>(id, cancellationToken) is { } existing)
        {
            if (existing.Name != name || existing.RevokedAt is not null || !permissions.Except(existing.Permissions).Any())
            {
                return existing;
            }

            // The key of an earlier version of the program, which had fewer permissions to give.
            var widened = existing with { Permissions = [.. existing.Permissions.Union(permissions)] };
            session.Store(widened);
            session.Append(caller, "key.widen", "key", widened.ShortId, label: name);
            await session.SaveChangesAsync(cancellationToken);
            Forget();
            return widened;
        }

        var key = new ApiKey(id, name, OrganizationId.Require(caller.Organization), permissions, _time.GetUtcNow(), null) { MadeBy = caller.Actor };
        // Two hosts that start at once with the same key write the same document.
        session.Store(key);
        session.Append(caller, "key.create", "key", key.ShortId, label: name);
        await session.SaveChangesAsync(cancellationToken);
        Forget();
        return key;
    }

    /// <summary>Makes a key of the caller's organization. Refused: name (IB4064), permissions that are none (IB4062) or that the maker has not (IB4061), days (IB4063), unknown service account (IB4067), as many keys as may be (IB4066).</summary>
    /// <param name="caller">Who makes it; a key that a person makes acts for that person.</param>
    /// <param name="own">What the maker may do.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<Result<NewApiKey>> CreateAsync(Caller caller, IReadOnlyCollection<string> own, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(request);
        var days = request.Days ?? _options.Value.DefaultDays;
        if (!DisplayName.Read(request.Name, "name").TryGet(out var name, out var failure))
        {
            return failure;
        }

        if (name == BootstrapKey.Setting)
        {
            return NameFailures.Invalid("name", DisplayName.Longest);
        }

        if (days < 1 || days > _options.Value.MaxDays)
        {
            return KeyFailures.DaysOutside(_options.Value.MaxDays);
        }

        await using var session = await _sessions.OpenExclusiveAsync(caller.Organization, cancellationToken);
        ServiceAccount? account = null;
        if (request.ServiceAccount is { } wanted && (account = await ServiceAccountStore.OpenAsync(session, caller.Organization, wanted, cancellationToken)) is null)
        {
            return KeyFailures.NoAccount(wanted);
        }

        var mayHave = account is null ? null : RolePermissions.Of(account.Roles);
        if ((request.Permissions ?? mayHave) is not { Count: > 0 } permissions)
        {
            return Refusals.Missing("permissions");
        }

        if (Judge(permissions, own, mayHave) is { } beyond)
        {
            return beyond;
        }

        if (await CountAsync(session, caller.Organization, cancellationToken) >= _options.Value.MaxKeys)
        {
            return KeyFailures.TooMany(_options.Value.MaxKeys);
        }

        var person = account is null ? await PersonBehind.FindAsync(session, caller, cancellationToken) : null;
        var (key, text) = Make(caller, name, permissions, days);
        return await SaveAsync(session, caller, key with { Person = person, ServiceAccount = account?.Id }, text, null, cancellationToken);
    }

    /// <summary>Makes a key that takes the place of another with the same permissions and holder; the other holds for the overlap still. Refused: unknown (IB4009), no longer valid (IB4065), of another person (IB4068), with permissions that the caller has not (IB4061), overlap (IB4070).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="own">What they may do.</param>
    /// <param name="id">Short id of the key.</param>
    /// <param name="overlapHours">Hours that the other holds still; the default of the host when null.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<Result<NewApiKey>> RotateAsync(Caller caller, IReadOnlyCollection<string> own, string id, int? overlapHours, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(own);
        var overlap = overlapHours ?? _options.Value.OverlapHours;
        if (overlap is < 0 or > LongestOverlap)
        {
            return KeyFailures.OverlapOutside(LongestOverlap);
        }

        await using var session = await _sessions.OpenExclusiveAsync(caller.Organization, cancellationToken);
        if (await OfAsync(session, caller.Organization, id, cancellationToken) is not { } old)
        {
            return IdentityFailures.KeyNotFound(id);
        }

        var now = _time.GetUtcNow();
        if (old.StateAt(now) != ApiKeyState.Valid || old.ReplacedBy is not null)
        {
            return KeyFailures.NotValid(id);
        }

        if (old.Person is not null && old.Person != await PersonBehind.FindAsync(session, caller, cancellationToken))
        {
            return KeyFailures.OfSomebodyElse(id);
        }

        if (Judge(old.Permissions, own, null) is { } beyond)
        {
            return beyond;
        }

        // As long as the old one was meant to hold; a bootstrap key, which has no end, gets the usual one.
        var days = old.ExpiresAt is { } end ? Math.Clamp((int)Math.Ceiling((end - old.CreatedAt).TotalDays), 1, _options.Value.MaxDays) : _options.Value.DefaultDays;
        var (key, text) = Make(caller, old.IsBootstrap ? "bootstrap" : old.Name, old.Permissions, days);
        var until = now.AddHours(overlap);
        var replaced = old with { ReplacedBy = key.ShortId, ExpiresAt = old.ExpiresAt < until ? old.ExpiresAt : until };
        return await SaveAsync(session, caller, key with { Person = old.Person, ServiceAccount = old.ServiceAccount }, text, replaced, cancellationToken);
    }

    /// <summary>Revokes a key of the caller's organization; it acts at once here, and within five seconds on every node.</summary>
    /// <returns>The revoked key, or IB4009.</returns>
    public async Task<Result<ApiKeyView>> RevokeAsync(Caller caller, string shortId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = await _sessions.OpenExclusiveAsync(caller.Organization, cancellationToken);
        if (await OfAsync(session, caller.Organization, shortId, cancellationToken) is not { } key)
        {
            return IdentityFailures.KeyNotFound(shortId);
        }

        var now = _time.GetUtcNow();
        var revoked = key with { RevokedAt = key.RevokedAt ?? now };
        session.Store(revoked);
        session.Append(caller, "key.revoke", "key", key.ShortId, label: key.Name);
        await session.SaveChangesAsync(cancellationToken);
        Forget();
        return ApiKeyView.Of(revoked, now, null);
    }

    /// <summary>Makes this node look at every key anew: something that bounds keys has changed.</summary>
    internal void Forget()
    {
        _cache.Clear();
        _any = default;
    }

    // What a key may do is bounded by what its holder may do now, and its organization has to be in use.
    private static async Task<ApiKey?> LoadAsync(IQuerySession session, string id, CancellationToken ct)
    {
        if (await session.LoadAsync<ApiKey>(id, ct) is not { RevokedAt: null } key
            || await session.LoadAsync<Organization>(key.Organization, ct) is { State: OrganizationState.Suspended or OrganizationState.Deleted })
        {
            return null;
        }

        if (key.Person is { } person)
        {
            return await session.LoadAsync<Membership>(Membership.IdOf(person, key.Organization), ct) is { SuspendedAt: null } membership && await session.LoadAsync<Account>(person, ct) is not { DisabledAt: not null } ? Narrowed(key, membership.Roles) : null;
        }

        return key.ServiceAccount is not { } account ? key
            : await ServiceAccountStore.OpenAsync(session, key.Organization, account, ct) is { } holder ? Narrowed(key, holder.Roles)
            : null;
    }

    private static ApiKey Narrowed(ApiKey key, IReadOnlyList<string> roles) => key with { Permissions = [.. key.Permissions.Intersect(RolePermissions.Of(roles), StringComparer.Ordinal)] };

    private static Failure? Judge(IReadOnlyList<string> permissions, IReadOnlyCollection<string> own, IReadOnlyList<string>? holder)
    {
        foreach (var permission in permissions)
        {
            if (permission is null || !Permission.All.Contains(permission))
            {
                return KeyFailures.NoSuchPermission(permission ?? "null");
            }

            if (!own.Contains(permission) || holder?.Contains(permission) == false)
            {
                return KeyFailures.BeyondOwn(permission);
            }
        }

        return null;
    }

    private (ApiKey Key, string Text) Make(Caller caller, string name, IReadOnlyList<string> permissions, int days)
    {
        var (text, publicId) = ApiKeyText.Create();
        var now = _time.GetUtcNow();
        return (new ApiKey(ApiKeyText.Hash(text), name, OrganizationId.Require(caller.Organization), [.. permissions.Distinct(StringComparer.Ordinal)], now, null) { PublicId = publicId, ExpiresAt = now.AddDays(days), MadeBy = caller.Actor }, text);
    }

    private static async Task<ApiKey?> OfAsync(IQuerySession session, string organization, string shortId, CancellationToken ct) =>
        StableId.IsValid(shortId) ? await session.Query<ApiKey>().FirstOrDefaultAsync(k => k.Organization == organization && k.ShortId == shortId, ct) : null;

    private Task<int> CountAsync(IQuerySession session, string organization, CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        return session.Query<ApiKey>().CountAsync(k => k.Organization == organization && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now), ct);
    }

    private async Task<Result<NewApiKey>> SaveAsync(IDocumentSession session, Caller caller, ApiKey key, string text, ApiKey? replaced, CancellationToken ct)
    {
        session.Store(key);
        if (replaced is not null)
        {
            session.Store(replaced);
            session.Append(caller, "key.rotate", "key", replaced.ShortId, label: replaced.Name);
        }

        session.Append(caller, "key.create", "key", key.ShortId, label: key.Name);
        await session.SaveChangesAsync(ct);
        Forget();
        return new NewApiKey(ApiKeyView.Of(key, _time.GetUtcNow(), null), text);
    }
}
