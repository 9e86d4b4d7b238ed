namespace IndustryBrain.Scenarios.Execution;

/// <summary>A step that keeps its run from going on.</summary>
/// <param name="StepId">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="ActivityId">Id of its activity.</param>
/// <param name="ActivityType">Type of its activity.</param>
/// <param name="Attempt">Which attempt failed, from 1.</param>
/// <param name="Incident">What went wrong.</param>
public sealed record BrokenStep(string StepId, string NodeId, string ActivityId, string ActivityType, int Attempt, Incident Incident);
