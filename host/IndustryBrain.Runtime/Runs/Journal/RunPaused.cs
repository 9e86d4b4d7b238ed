using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>How the run stands at a commit in its middle: it waits, or is about to touch the outside world.</summary>
public sealed record RunPaused(string SubStatus, JsonElement Output, IReadOnlyList<IncidentView> Incidents, string? Name, string? CorrelationId, DateTimeOffset At);
