using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Command between nodes: starts a run that another run asked for and was promised.</summary>
/// <param name="RunId">The new run; always the same for one step of the parent.</param>
/// <param name="Parent">Who asked.</param>
/// <param name="DefinitionId">The scenario.</param>
/// <param name="ScenarioName">Its name for people.</param>
/// <param name="Version">The version that was published when the parent asked.</param>
/// <param name="Input">The input, judged already.</param>
/// <param name="CorrelationId">Correlation id of the new run, or null.</param>
/// <param name="StartedBy">Who started the parent.</param>
public sealed record StartChild(
    Guid RunId,
    RunParent Parent,
    string DefinitionId,
    LocalizedText ScenarioName,
    int Version,
    JsonElement Input,
    string? CorrelationId,
    Actor StartedBy)
{
    /// <summary>The versions that it calls its components in, by component id.</summary>
    public IReadOnlyDictionary<string, PluginPin>? Plugins { get; init; }

    /// <summary>The environment that it goes on in, which is the parent's; null for production.</summary>
    public string? Environment { get; init; }

    /// <summary>Names of the secrets that the parameters of its environment let it use; null for none.</summary>
    public IReadOnlyList<string>? Secrets { get; init; }

    /// <summary>How many runs, each started by the end of the one before, led to the parent.</summary>
    public int TriggerDepth { get; init; }
}
