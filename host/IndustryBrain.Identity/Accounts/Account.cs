using System.Text.Json.Serialization;

namespace IndustryBrain.Identity.Accounts;

/// <summary>A person's account: one person has one, whatever organizations they belong to. It is never deleted, so that its names are never given to somebody else.</summary>
/// <param name="Id">Stable id; never reused.</param>
/// <param name="UserName">What they sign in with; it does not change.</param>
/// <param name="Name">Name for people to read.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record Account(string Id, string UserName, string Name, DateTimeOffset CreatedAt)
{
    /// <summary>The user name as it is compared (<see cref="UserNames.Fold"/>): unique.</summary>
    public string FoldedName { get; init; } = UserNames.Fold(UserName);

    /// <summary>Hash of the password (PBKDF2 with HMAC-SHA-512); null while none is set.</summary>
    [JsonInclude]
    public string? PasswordHash { get; internal set; }

    /// <summary>Hashes of the passwords before, newest first.</summary>
    [JsonInclude]
    public IReadOnlyList<string> FormerPasswords { get; internal set; } = [];

    /// <summary>When the password was set; null while none is.</summary>
    [JsonInclude]
    public DateTimeOffset? PasswordSetAt { get; internal set; }

    /// <summary>Changes when password or second factor change: sessions that began under another one end.</summary>
    [JsonInclude]
    public string SecurityStamp { get; internal set; } = "";

    /// <summary>When the account was disabled; null while it may be used.</summary>
    public DateTimeOffset? DisabledAt { get; init; }
}
