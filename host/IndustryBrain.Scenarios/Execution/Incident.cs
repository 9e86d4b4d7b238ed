using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Something that went wrong in a run.</summary>
/// <param name="StepId">The step it happened in; null outside steps.</param>
/// <param name="NodeId">Its node, or null.</param>
/// <param name="ActivityId">Its activity's id, or null.</param>
/// <param name="ActivityType">Its activity's type, or null.</param>
/// <param name="Failure">What is wrong, where, and what to do.</param>
/// <param name="At">When.</param>
public sealed record Incident(string? StepId, string? NodeId, string? ActivityId, string? ActivityType, Failure Failure, DateTimeOffset At);
