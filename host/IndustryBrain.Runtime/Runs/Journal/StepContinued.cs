namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>What a step waited for came.</summary>
public sealed record StepContinued(string StepId, string BookmarkId, DateTimeOffset At);
