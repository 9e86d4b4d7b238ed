using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;

namespace IndustryBrain.Identity.Passkeys;

/// <summary>A passkey of a person: what its authenticator proves, and nothing that could sign in.</summary>
/// <param name="Id">Its credential id, Base64Url.</param>
/// <param name="Person">Id of the account.</param>
/// <param name="Name">What the person calls it.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="PublicKey">Its public key (COSE).</param>
public sealed record Passkey(string Id, string Person, string Name, DateTimeOffset CreatedAt, byte[] PublicKey)
{
    /// <summary>How often it was used, where its authenticator counts.</summary>
    public uint SignCount { get; init; }

    /// <summary>How browsers reach it.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>True when its person unlocked it when it was made.</summary>
    public bool IsUserVerified { get; init; }

    /// <summary>True when it may be kept in several places.</summary>
    public bool IsBackupEligible { get; init; }

    /// <summary>True when it is.</summary>
    public bool IsBackedUp { get; init; }

    /// <summary>When it last let its person in.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    internal static string IdOf(byte[] credential) => Base64Url.EncodeToString(credential);

    internal UserPasskeyInfo ToInfo() => new(Base64Url.DecodeFromChars(Id), PublicKey, CreatedAt, SignCount, [.. Transports], IsUserVerified, IsBackupEligible, IsBackedUp, [], []) { Name = Name };

    internal static Passkey Of(UserPasskeyInfo info, string person, string name) => new(IdOf(info.CredentialId), person, name, info.CreatedAt, info.PublicKey)
    { SignCount = info.SignCount, Transports = info.Transports ?? [], IsUserVerified = info.IsUserVerified, IsBackupEligible = info.IsBackupEligible, IsBackedUp = info.IsBackedUp };
}
