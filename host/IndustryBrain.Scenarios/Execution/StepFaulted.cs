using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>A step failed.</summary>
/// <param name="StepId">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="At">When.</param>
/// <param name="Failure">What is wrong.</param>
public sealed record StepFaulted(string StepId, string NodeId, DateTimeOffset At, Failure Failure) : ExecutionEvent(At)
{
    /// <summary>Which attempt at the step, from 1.</summary>
    public int Attempt { get; init; } = 1;
}
