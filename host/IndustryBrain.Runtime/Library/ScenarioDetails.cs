using System.Text.Json;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Library;

/// <summary>One scenario: the version that runs take, else its draft.</summary>
/// <param name="Definition">The parsed definition; shared and immutable.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Summary">What it is for, when the definition says so.</param>
/// <param name="Version">The version shown.</param>
/// <param name="IsPublished">True when this version can be run.</param>
/// <param name="InputSchema">JSON Schema of a run's input: the profile's, else derived from the declared inputs.</param>
/// <param name="Samples">Sample inputs, ready to be run.</param>
/// <param name="Findings">What the reader and the validator say about it.</param>
/// <param name="UpdatedAt">When this version was imported or published.</param>
public sealed record ScenarioDetails(
    ScenarioDefinition Definition,
    LocalizedText Name,
    LocalizedText? Summary,
    int Version,
    bool IsPublished,
    JsonElement InputSchema,
    IReadOnlyList<ScenarioSample> Samples,
    IReadOnlyList<Finding> Findings,
    DateTimeOffset UpdatedAt)
{
    /// <summary>How the scenario stands.</summary>
    public required ScenarioSummary Scenario { get; init; }

    /// <summary>The environment whose runs take this version, or would.</summary>
    public string Environment { get; init; } = ScenarioEnvironments.Production;

    /// <summary>The environment's parameters: inputs that a start need not bring.</summary>
    public JsonElement Parameters { get; init; }
}
