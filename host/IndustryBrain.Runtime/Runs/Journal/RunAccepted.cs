using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>First event of a run's stream: what was accepted.</summary>
public sealed record RunAccepted(
    string DefinitionId,
    LocalizedText ScenarioName,
    int Version,
    JsonElement Input,
    Actor StartedBy,
    DateTimeOffset At)
{
    /// <summary>The run that started it, or null.</summary>
    public RunParent? Parent { get; init; }

    /// <summary>The environment that it goes on in; null for production.</summary>
    public string? Environment { get; init; }

    /// <summary>Names of the secrets that the parameters of its environment let it use; null for none.</summary>
    public IReadOnlyList<string>? Secrets { get; init; }

    /// <summary>The versions that it calls its components in, by component id; null for runs older than this member.</summary>
    public IReadOnlyDictionary<string, PluginPin>? Plugins { get; init; }

    /// <summary>Correlation id it starts with, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Who holds its scenario, so that it has not begun; null when nobody does.</summary>
    public RunPause? Pause { get; init; }

    /// <summary>What started it; null for a person, a program or another run.</summary>
    public RunTrigger? Trigger { get; init; }
}
