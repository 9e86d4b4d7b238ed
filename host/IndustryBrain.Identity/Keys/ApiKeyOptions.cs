using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Identity.Keys;

/// <summary>What API keys may be; section <c>Keys</c> of the configuration.</summary>
public sealed class ApiKeyOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Keys";

    /// <summary>Days that a key holds when its maker does not say. Default 90.</summary>
    [Range(1, 3650)]
    public int DefaultDays { get; set; } = 90;

    /// <summary>Days that a key may hold at most. Default 365.</summary>
    [Range(1, 3650)]
    public int MaxDays { get; set; } = 365;

    /// <summary>Hours that a rotated key still holds beside the new one, when whoever rotates it does not say. Default 24.</summary>
    [Range(0, 720)]
    public int OverlapHours { get; set; } = 24;

    /// <summary>Seconds between two notes of when keys were used last. Default 60.</summary>
    [Range(1, 3600)]
    public int UseSeconds { get; set; } = 60;

    /// <summary>Keys that hold, of one organization. Default 200.</summary>
    [Range(1, 100_000)]
    public int MaxKeys { get; set; } = 200;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DefaultDays > MaxDays)
        {
            yield return new($"{Section}:{nameof(DefaultDays)} ({DefaultDays}) is more than {Section}:{nameof(MaxDays)} ({MaxDays}).", [nameof(DefaultDays)]);
        }
    }
}
