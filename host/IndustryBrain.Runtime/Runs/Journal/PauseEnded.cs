using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>The run goes on that somebody held.</summary>
/// <param name="By">Who lets it; the platform when its time was up.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record PauseEnded(Actor By, DateTimeOffset At, string? Reason);
