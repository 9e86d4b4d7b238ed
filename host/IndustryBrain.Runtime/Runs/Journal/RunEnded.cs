using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>Last event of a run's stream, unless somebody lets a run that faulted go on.</summary>
public sealed record RunEnded(string SubStatus, JsonElement Output, IReadOnlyList<IncidentView> Incidents, string? Name, string? CorrelationId, DateTimeOffset At);
