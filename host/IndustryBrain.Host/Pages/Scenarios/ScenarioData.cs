using System.Text.Json;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;

namespace IndustryBrain.Host.Pages.Scenarios;

/// <summary>What a scenario's page shows.</summary>
/// <param name="Details">The scenario.</param>
/// <param name="Runs">Its newest runs.</param>
/// <param name="Total">Number of its runs.</param>
/// <param name="Input">The input of an earlier run to start from, or null.</param>
/// <param name="FileNames">Names of the files that samples and input refer to.</param>
public sealed record ScenarioData(ScenarioDetails Details, IReadOnlyList<RunSummary> Runs, long Total, JsonElement? Input, IReadOnlyDictionary<string, string> FileNames);
