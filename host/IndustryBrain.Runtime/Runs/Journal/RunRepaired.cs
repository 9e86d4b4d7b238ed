using IndustryBrain.Plugins;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>Somebody let a run go on that had broken.</summary>
/// <param name="Kind">retry, skip or move.</param>
/// <param name="Steps">The steps that go on.</param>
/// <param name="By">Who did.</param>
/// <param name="Incidents">What is still broken.</param>
/// <param name="At">When.</param>
public sealed record RunRepaired(string Kind, IReadOnlyList<string> Steps, Actor By, IReadOnlyList<IncidentView> Incidents, DateTimeOffset At)
{
    /// <summary>What they said to it, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>The version that it went on in, or null for the one that it had.</summary>
    public int? Version { get; init; }

    /// <summary>The versions that it calls its components in from there on; null for those that it had.</summary>
    public IReadOnlyDictionary<string, PluginPin>? Plugins { get; init; }
}
