using IndustryBrain.Runtime.Runs;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>A run with the nodes of its scenario.</summary>
/// <param name="Run">The run as it stands.</param>
/// <param name="Nodes">The nodes of the version it runs; empty when that cannot be read any more.</param>
public sealed record RunData(RunView Run, IReadOnlyList<ScenarioNode> Nodes);
