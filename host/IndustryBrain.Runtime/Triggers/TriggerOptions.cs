using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>Limits and intervals of what starts runs by itself; section <c>Triggers</c> of the configuration.</summary>
public sealed class TriggerOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Triggers";

    /// <summary>Seconds between two looks for firings that are due; one that is due sooner is looked for then. Default 10.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; set; } = 10;

    /// <summary>Seconds by which a firing may be late without counting as missed. Default 60.</summary>
    [Range(1, 86_400)]
    public int GraceSeconds { get; set; } = 60;

    /// <summary>Runs that are started for missed firings of one trigger, the oldest first, where each is to have its own. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxMissed { get; set; } = 100;

    /// <summary>Runs of one trigger and key that wait for their turn where its limits let them; one more is not started (IB3102). Default 1 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxHeld { get; set; } = 1_000;

    /// <summary>Runs that may be started one by the end of the other before the next is not (IB3103). Default 10.</summary>
    [Range(1, 1_000)]
    public int MaxRunDepth { get; set; } = 10;

    /// <summary>Hours for which a broker keeps messages while no host is connected. Default 168.</summary>
    [Range(1, 8_760)]
    public int MqttSessionHours { get; set; } = 168;

    /// <summary>Seconds between two looks at the folders. Default 5.</summary>
    [Range(1, 3600)]
    public int FolderSeconds { get; set; } = 5;

    /// <summary>Seconds for which a file must not change before it counts as complete. Default 2.</summary>
    [Range(0, 3600)]
    public int SettleSeconds { get; set; } = 2;

    /// <summary>Folders in which files arrive, by the name that triggers name them by; default none.</summary>
    public IDictionary<string, TriggerFolderOptions> Folders { get; } = new Dictionary<string, TriggerFolderOptions>(StringComparer.Ordinal);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, folder) in Folders)
        {
            List<ValidationResult> found = [];
            Validator.TryValidateObject(folder, new(folder), found, validateAllProperties: true);
            foreach (var wrong in found)
                yield return new($"{nameof(Folders)}:{name}: {wrong.ErrorMessage}", [nameof(Folders)]);
        }
    }
}
