namespace IndustryBrain.Scenarios.Execution;

/// <summary>A line was written.</summary>
/// <param name="StepId">The step that wrote it.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="At">When.</param>
/// <param name="Text">The line.</param>
public sealed record LineWritten(string StepId, string NodeId, DateTimeOffset At, string Text) : ExecutionEvent(At);
