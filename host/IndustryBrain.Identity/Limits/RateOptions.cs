using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Identity.Limits;

/// <summary>How often one caller may ask; section <c>Limits</c> of the configuration. Each host counts for itself.</summary>
public sealed class RateOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Limits";

    /// <summary>Reading requests to the API a minute, of one key or person; who is neither counts by address. Default 60 000: a program that follows a batch asks for each of its runs many times a minute.</summary>
    [Range(1, 100_000_000)]
    public int ReadsPerMinute { get; set; } = 60_000;

    /// <summary>Other requests to the API a minute, counted alike. Default 6 000.</summary>
    [Range(1, 100_000_000)]
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>Of these, starts of runs. Default 6 000: what a run may use is limited by the options of Runs.</summary>
    [Range(1, 100_000_000)]
    public int StartsPerMinute { get; set; } = 6_000;
}
