using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>A step began.</summary>
/// <param name="StepId">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="Type">Activity type.</param>
/// <param name="At">When.</param>
/// <param name="Input">Input of a component call; null for control flow.</param>
public sealed record StepStarted(string StepId, string NodeId, string Type, DateTimeOffset At, JsonElement? Input) : ExecutionEvent(At)
{
    /// <summary>Which attempt at the step, from 1.</summary>
    public int Attempt { get; init; } = 1;
}
