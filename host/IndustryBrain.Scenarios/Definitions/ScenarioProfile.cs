using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>What a definition says about itself for people, in <c>customProperties.industryBrain</c>.</summary>
/// <param name="Name">Name; falls back to the definition's name.</param>
/// <param name="Summary">One or two sentences; falls back to the definition's description.</param>
public sealed record ScenarioProfile(LocalizedText Name, LocalizedText Summary)
{
    /// <summary><c>insight</c>, <c>chain</c> or <c>enterprise</c>; null when not said.</summary>
    public string? Level { get; init; }

    /// <summary>The mode of digital transformation it serves, such as <c>digital-management</c>; null when not said.</summary>
    public string? Mode { get; init; }

    /// <summary>Codes of the industry clusters it serves; empty means all.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>The method it uses; null when not said.</summary>
    public LocalizedText? Method { get; init; }

    /// <summary>JSON Schema of the run's input: what the definition gives, else derived from its declared inputs.</summary>
    public JsonElement InputSchema { get; init; }

    /// <summary>True when the definition itself gives <see cref="InputSchema"/>.</summary>
    public bool DeclaresInput { get; init; }

    /// <summary>JSON Schema of the run's output: what the definition gives, else derived from its declared outputs.</summary>
    public JsonElement OutputSchema { get; init; }

    /// <summary>Inputs to try it with.</summary>
    public IReadOnlyList<ScenarioSample> Samples { get; init; } = [];
}
