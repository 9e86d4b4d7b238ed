namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>A line that WriteLine wrote.</summary>
public sealed record LineRecorded(string StepId, string Text, DateTimeOffset At);
