using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Cli.Running;

/// <summary>One run in memory and who waits for it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Definition">What it executes.</param>
/// <param name="Execution">Its state.</param>
/// <param name="Depth">0 for the run that was asked for, one more for each run between.</param>
/// <param name="Parent">The run that started it, or null.</param>
/// <param name="ParentStepId">The step of the parent that waits for its end, or null.</param>
internal sealed record MemoryRun(string Id, ScenarioDefinition Definition, ScenarioExecution Execution, int Depth, MemoryRun? Parent, string? ParentStepId);
