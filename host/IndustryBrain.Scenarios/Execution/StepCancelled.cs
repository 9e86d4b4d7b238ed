namespace IndustryBrain.Scenarios.Execution;

/// <summary>A step was given up.</summary>
/// <param name="StepId">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="At">When.</param>
public sealed record StepCancelled(string StepId, string NodeId, DateTimeOffset At) : ExecutionEvent(At);
