using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>A run that this run asks the shell to start, answered with <see cref="ScenarioExecution.CompleteChildRun"/>.</summary>
/// <param name="StepId">The step that asks; idempotent by run id and step id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="DefinitionId">Logical id of the definition to start.</param>
/// <param name="Input">The input object.</param>
/// <param name="CorrelationId">Correlation id for the child, or null.</param>
/// <param name="IsInline">True for ExecuteWorkflow: the child runs now, and the shell answers with its result as soon as it stops. False for DispatchWorkflow: the shell answers as soon as the start is accepted.</param>
/// <param name="WaitsForCompletion">True when the step waits until the child has finished.</param>
public sealed record ChildRunRequest(string StepId, string NodeId, string DefinitionId, JsonElement Input, string? CorrelationId, bool IsInline, bool WaitsForCompletion)
{
    /// <summary>The version to start, or null for the published one.</summary>
    public int? Version { get; init; }

    /// <summary>How often the step was tried before: each attempt asks for a run of its own.</summary>
    public int EarlierAttempts { get; init; }

    /// <summary>Says that the version asked for is not there.</summary>
    public Failure VersionMissing() => ScenarioFailures.VersionMissing(DefinitionId, Version ?? 0);
}
