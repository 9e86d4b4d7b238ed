using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>A run that nobody executes.</summary>
/// <param name="Engine">How it stands.</param>
/// <param name="History">What happened.</param>
/// <param name="Definition">The version that it runs.</param>
internal sealed record StoppedRun(ScenarioExecution Engine, RunHistory History, ScenarioDefinition Definition);
