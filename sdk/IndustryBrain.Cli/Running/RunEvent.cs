using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Cli.Running;

/// <summary>What happened in one of the runs.</summary>
/// <param name="Definition">What the run executes.</param>
/// <param name="IsRoot">True for the run that was asked for, false for those that it started.</param>
/// <param name="Event">What happened.</param>
internal sealed record RunEvent(ScenarioDefinition Definition, bool IsRoot, ExecutionEvent Event);
