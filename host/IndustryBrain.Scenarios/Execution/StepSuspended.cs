namespace IndustryBrain.Scenarios.Execution;

/// <summary>A step waits.</summary>
/// <param name="StepId">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="At">When.</param>
/// <param name="Bookmark">What it waits for.</param>
public sealed record StepSuspended(string StepId, string NodeId, DateTimeOffset At, Bookmark Bookmark) : ExecutionEvent(At);
