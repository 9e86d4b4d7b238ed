using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs;

/// <summary>How somebody let a run go on that had broken.</summary>
/// <param name="Kind">retry, skip or move.</param>
/// <param name="Steps">The steps that went on.</param>
/// <param name="By">Who did.</param>
/// <param name="At">When.</param>
/// <param name="Comment">What they said to it, or null.</param>
/// <param name="Version">The version that it went on in, or null for the one that it had.</param>
public sealed record RepairView(string Kind, IReadOnlyList<string> Steps, Actor By, DateTimeOffset At, string? Comment, int? Version);
