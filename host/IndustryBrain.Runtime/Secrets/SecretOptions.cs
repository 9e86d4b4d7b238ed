using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Secrets;

/// <summary>Limits of the secrets of an organization.</summary>
public sealed class SecretOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Secrets";

    /// <summary>Secrets that an organization may have; default 500.</summary>
    [Range(1, 100_000)]
    public int MaxSecrets { get; set; } = 500;

    /// <summary>Size of one value in bytes of UTF-8; default 65 536.</summary>
    [Range(1, 1 << 20)]
    public int MaxBytes { get; set; } = 65_536;

    /// <summary>Seconds within which a further use of a secret is not noted again; default 60.</summary>
    [Range(0, 86_400)]
    public int UseSeconds { get; set; } = 60;
}
