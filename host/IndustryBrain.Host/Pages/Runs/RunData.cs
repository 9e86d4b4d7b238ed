using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>A run with what its scenario says about it.</summary>
/// <param name="Run">The run as it stands.</param>
/// <param name="Nodes">The nodes of the version it runs; empty when that cannot be read any more.</param>
/// <param name="Source">The document of that version; undefined when it cannot be read any more.</param>
/// <param name="OutputSchema">Names and units of the outputs; null when the scenario gives none.</param>
public sealed record RunData(RunView Run, IReadOnlyList<ScenarioNode> Nodes, JsonElement Source, JsonElement? OutputSchema)
{
    /// <summary>Schema of the scenario's input: names of its fields for people; undefined when the scenario is no longer there.</summary>
    public JsonElement InputSchema { get; init; }

    /// <summary>The files of its input that the caller may read, by their id.</summary>
    public IReadOnlyDictionary<string, StoredFile> Files { get; init; } = new Dictionary<string, StoredFile>();

    /// <summary>Runs that it started, newest first.</summary>
    public IReadOnlyList<RunSummary> Children { get; init; } = [];

    /// <summary>The step whose output is shown as the result; null while there is none.</summary>
    public ShownStep? Shown { get; init; }
}

/// <summary>A step of an application component with its whole output.</summary>
/// <param name="Step">The step.</param>
/// <param name="Output">Its output, large members included.</param>
public sealed record ShownStep(StepView Step, JsonElement Output);
