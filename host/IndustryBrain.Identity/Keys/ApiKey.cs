using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Keys;

/// <summary>An API key as it is kept: its text is not.</summary>
/// <param name="Id">SHA-256 of the key's text, lower-case hexadecimal.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Organization">The organization it speaks for.</param>
/// <param name="Permissions">What it may do, as long as its holder may.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked; null while it holds.</param>
public sealed record ApiKey(string Id, string Name, string Organization, IReadOnlyList<string> Permissions, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>The part of its text that is no secret; null for keys whose text somebody else chose.</summary>
    public string? PublicId { get; init; }

    /// <summary>When it stops holding by itself; null for never (bootstrap keys).</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The person it acts for; their roles bound what it may do.</summary>
    public string? Person { get; init; }

    /// <summary>The service account that holds it; its roles bound what it may do.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>Who made it; null in keys of earlier versions.</summary>
    public Actor? MadeBy { get; init; }

    /// <summary>Short id of the key that took its place.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>True for the key of <c>IB_BOOTSTRAP_API_KEY</c>.</summary>
    public bool IsBootstrap => Name == BootstrapKey.Setting;

    /// <summary>The id in the audit trail, in addresses and on pages: enough to tell keys apart, too little to use one.</summary>
    public string ShortId => "key-" + (PublicId ?? Id[..12]);

    /// <summary>Whether it holds at a moment.</summary>
    public ApiKeyState StateAt(DateTimeOffset now) => RevokedAt is not null ? ApiKeyState.Revoked : ExpiresAt <= now ? ApiKeyState.Expired : ApiKeyState.Valid;
}

/// <summary>Whether a key holds.</summary>
public enum ApiKeyState
{
    /// <summary>It does.</summary>
    Valid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Somebody took it back.</summary>
    Revoked,
}
