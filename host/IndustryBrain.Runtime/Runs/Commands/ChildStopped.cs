using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Command between nodes: tells a run that a run it started has ended, or waits.</summary>
/// <param name="ParentRunId">The run to tell.</param>
/// <param name="StepId">Its step that started the other one.</param>
/// <param name="RunId">The run that stopped.</param>
/// <param name="Status">Running or Finished.</param>
/// <param name="SubStatus">Its sub-status.</param>
/// <param name="Output">Its output.</param>
public sealed record ChildStopped(Guid ParentRunId, string StepId, Guid RunId, string Status, string SubStatus, JsonElement Output);
