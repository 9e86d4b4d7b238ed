using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Runs;

/// <summary>An attempt at a step that did not end well.</summary>
/// <param name="Attempt">Which, from 1.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended; null when nobody knows.</param>
/// <param name="Failure">Why it failed; null when it was given up.</param>
public sealed record StepAttempt(int Attempt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, Failure? Failure);
