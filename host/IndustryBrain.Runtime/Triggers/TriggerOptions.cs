using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>Limits and intervals of what starts runs by itself; section <c>Triggers</c> of the configuration.</summary>
public sealed class TriggerOptions
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
}
