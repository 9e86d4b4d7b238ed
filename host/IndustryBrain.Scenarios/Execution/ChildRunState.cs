using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>How a child run stands.</summary>
/// <param name="RunId">Id of the child run.</param>
/// <param name="Status">Its status.</param>
/// <param name="SubStatus">Its status in detail.</param>
/// <param name="Output">Its output object.</param>
public sealed record ChildRunState(string RunId, ExecutionStatus Status, ExecutionSubStatus SubStatus, JsonElement Output);
