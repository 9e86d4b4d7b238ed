using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.Keys;

/// <summary>Finds, makes and revokes API keys.</summary>
public sealed class ApiKeyStore(IOrganizationSessions sessions, TimeProvider time)
{
    // A revoked key is refused on every node within this time.
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(5);
    private const int LargestCache = 1000;

    private readonly ConcurrentDictionary<string, (ApiKey? Key, DateTimeOffset Until)> _cache = new(StringComparer.Ordinal);
    private (bool Exists, DateTimeOffset Until) _any;

    /// <summary>The valid key of this text, or null. It is found by its hash, so that a comparison tells nothing about the text.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var id = Hash(text);
        var now = time.GetUtcNow();
        if (_cache.TryGetValue(id, out var cached) && cached.Until > now)
        {
            return cached.Key;
        }

        await using var session = sessions.OpenPlatform();
        var key = await session.LoadAsync<ApiKey>(id, cancellationToken) is { RevokedAt: null } valid ? valid : null;
        if (_cache.Count >= LargestCache)
        {
            // Guessing must not fill the memory.
            _cache.Clear();
        }

        _cache[id] = (key, now + CacheTime);
        return key;
    }

    /// <summary>True when at least one key holds: the API is then open to keys only.</summary>
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken)
    {
        var (exists, until) = _any;
        if (until > time.GetUtcNow())
        {
            return exists;
        }

        await using var session = sessions.OpenPlatform();
        exists = await session.Query<ApiKey>().AnyAsync(k => k.RevokedAt == null, cancellationToken);
        _any = (exists, time.GetUtcNow() + CacheTime);
        return exists;
    }

    /// <summary>Makes a key of a given text; a text that was used before, revoked or not, changes nothing.</summary>
    public async Task<ApiKey> AddAsync(Caller caller, string text, string name, IReadOnlyList<string> permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = sessions.OpenPlatform();
        var id = Hash(text);
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

        var key = new ApiKey(id, name, OrganizationId.Require(caller.Organization), permissions, time.GetUtcNow(), null);
        // Two hosts that start at once with the same key write the same document.
        session.Store(key);
        session.Append(caller, "key.create", "key", key.ShortId, label: name);
        await session.SaveChangesAsync(cancellationToken);
        Forget();
        return key;
    }

    /// <summary>Revokes a key of the caller's organization.</summary>
    /// <returns>The revoked key, or IB4009.</returns>
    public async Task<Result<ApiKey>> RevokeAsync(Caller caller, string shortId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = sessions.OpenPlatform();
        var keys = await session.Query<ApiKey>().Where(k => k.Organization == caller.Organization).ToListAsync(cancellationToken);
        if (keys.FirstOrDefault(k => k.ShortId == shortId) is not { } key)
        {
            return IdentityFailures.KeyNotFound(shortId);
        }

        var revoked = key with { RevokedAt = key.RevokedAt ?? time.GetUtcNow() };
        session.Store(revoked);
        session.Append(caller, "key.revoke", "key", key.ShortId, label: key.Name);
        await session.SaveChangesAsync(cancellationToken);
        Forget();
        return revoked;
    }

    private void Forget()
    {
        _cache.Clear();
        _any = default;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
