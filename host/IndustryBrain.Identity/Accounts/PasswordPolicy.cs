using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Identity.Accounts;

/// <summary>Which rules passwords follow.</summary>
public enum PasswordRules
{
    /// <summary>Those of MLPS level 3: three of the four kinds of characters.</summary>
    Mlps3,

    /// <summary>Those of ASVS 5: length alone, no kinds of characters.</summary>
    Passphrase,
}

/// <summary>What passwords have to be; section <c>Password</c> of the configuration.</summary>
public sealed class PasswordPolicy
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Password";

    /// <summary>The rules. Default <see cref="PasswordRules.Mlps3"/>.</summary>
    public PasswordRules Policy { get; set; } = PasswordRules.Mlps3;

    /// <summary>Fewest characters. Default 12.</summary>
    [Range(8, 64)]
    public int MinLength { get; set; } = 12;

    /// <summary>Most characters. Default 128.</summary>
    [Range(64, 1024)]
    public int MaxLength { get; set; } = 128;

    /// <summary>Passwords, the present one among them, that a new one must differ from. Default 5.</summary>
    [Range(1, 24)]
    public int History { get; set; } = 5;

    /// <summary>Iterations of PBKDF2 with HMAC-SHA-512 in new hashes; older hashes are made anew at the next sign-in. Default 210 000.</summary>
    [Range(210_000, 10_000_000)]
    public int Iterations { get; set; } = 210_000;

    /// <summary>Days after which a password has to be changed before anything else opens; 0: never. It holds under <see cref="PasswordRules.Mlps3"/>: phrases do not grow old. Default 180.</summary>
    [Range(0, 3650)]
    public int ExpiryDays { get; set; } = 180;

    /// <summary><see cref="ExpiryDays"/> of administrators of the platform. Default 90.</summary>
    [Range(0, 3650)]
    public int AdministratorExpiryDays { get; set; } = 90;

    /// <summary>Minutes for which a link to set a new password holds. Default 30.</summary>
    [Range(1, 1440)]
    public int ResetMinutes { get; set; } = 30;

    /// <summary>Words that no password may hold, such as the name of the enterprise; the platform's own and those of the account are refused anyway. Default none.</summary>
    public IReadOnlyList<string> Words { get; set; } = [];

    internal bool IsExpired(DateTimeOffset setAt, bool isAdministrator, DateTimeOffset now) =>
        Policy == PasswordRules.Mlps3 && (isAdministrator ? AdministratorExpiryDays : ExpiryDays) is > 0 and var days && now - setAt > TimeSpan.FromDays(days);
}
