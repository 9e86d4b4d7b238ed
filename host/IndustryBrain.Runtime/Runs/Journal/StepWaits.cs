namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>A step waits for a bookmark.</summary>
public sealed record StepWaits(string StepId, string BookmarkId, string WaitsFor, string? EventName, DateTimeOffset? Due, DateTimeOffset At);
