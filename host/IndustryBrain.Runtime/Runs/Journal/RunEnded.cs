using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>Last event of a run's stream.</summary>
public sealed record RunEnded(string SubStatus, JsonElement Output, IReadOnlyList<IncidentView> Incidents, string? Name, string? CorrelationId, DateTimeOffset At);
