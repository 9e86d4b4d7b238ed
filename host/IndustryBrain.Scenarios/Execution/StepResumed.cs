namespace IndustryBrain.Scenarios.Execution;

/// <summary>What a step waited for has come.</summary>
/// <param name="StepId">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="At">When.</param>
/// <param name="BookmarkId">The bookmark.</param>
public sealed record StepResumed(string StepId, string NodeId, DateTimeOffset At, string BookmarkId) : ExecutionEvent(At);
