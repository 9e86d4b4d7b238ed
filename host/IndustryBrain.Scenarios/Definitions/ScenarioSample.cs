using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>An input that comes with a scenario, one click away.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Input">The input object; a file in it is <c>{"path":"relative to the definition file"}</c>.</param>
public sealed record ScenarioSample(LocalizedText Name, JsonElement Input);
