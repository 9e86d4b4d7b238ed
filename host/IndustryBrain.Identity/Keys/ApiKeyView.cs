using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Keys;

/// <summary>What is wanted of a new key.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Permissions">What it may do: no more than its maker may. Left out for a service account's key: all that its roles give.</param>
/// <param name="Days">Days that it holds; the default of the host when left out.</param>
/// <param name="ServiceAccount">Id of the service account that will hold it; left out for a key of whoever makes it.</param>
public sealed record ApiKeyRequest(string? Name, IReadOnlyList<string>? Permissions = null, int? Days = null, string? ServiceAccount = null);

/// <summary>A key as it is listed.</summary>
/// <param name="Id">Its short id.</param>
/// <param name="Name">Name for people.</param>
/// <param name="State">Whether it holds.</param>
/// <param name="Permissions">What it may do, as long as its holder may.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops holding by itself.</param>
/// <param name="LastUsedAt">When it was used last; null when never.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="IsBootstrap">True for the key of the first start.</param>
/// <param name="Person">The person it acts for.</param>
/// <param name="ServiceAccount">The service account that holds it.</param>
/// <param name="MadeBy">Who made it.</param>
/// <param name="ReplacedBy">Short id of the key that took its place.</param>
public sealed record ApiKeyView(
    string Id, string Name, ApiKeyState State, IReadOnlyList<string> Permissions, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt,
    bool IsBootstrap, string? Person, string? ServiceAccount, Actor? MadeBy, string? ReplacedBy)
{
    internal static ApiKeyView Of(ApiKey key, DateTimeOffset now, DateTimeOffset? lastUsed) =>
        new(key.ShortId, key.Name, key.StateAt(now), key.Permissions, key.CreatedAt, key.ExpiresAt, lastUsed, key.RevokedAt, key.IsBootstrap, key.Person, key.ServiceAccount, key.MadeBy, key.ReplacedBy);
}

/// <summary>A key that was just made, with its text: it is shown this once.</summary>
/// <param name="Key">The key.</param>
/// <param name="Text">Its text, which is not kept.</param>
public sealed record NewApiKey(ApiKeyView Key, string Text);
