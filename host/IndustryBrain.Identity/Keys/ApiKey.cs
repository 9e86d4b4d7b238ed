namespace IndustryBrain.Identity.Keys;

/// <summary>An API key as it is kept: its text is not.</summary>
/// <param name="Id">SHA-256 of the key's text, lower-case hexadecimal.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Organization">The organization it speaks for.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked; null while it holds.</param>
public sealed record ApiKey(string Id, string Name, string Organization, IReadOnlyList<string> Permissions, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    /// <summary>The id in the audit trail and on pages: enough to tell keys apart, too little to look one up.</summary>
    public string ShortId => "key-" + Id[..12];
}
