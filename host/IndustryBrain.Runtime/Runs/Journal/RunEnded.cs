using System.Text.Json;
using IndustryBrain.Runtime.Runs.Control;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>Last event of a run's stream, unless somebody lets a run that faulted go on.</summary>
public sealed record RunEnded(string SubStatus, JsonElement Output, IReadOnlyList<IncidentView> Incidents, string? Name, string? CorrelationId, DateTimeOffset At)
{
    /// <summary>Who ended it at once; null when it ended by itself or was cancelled.</summary>
    public RunTermination? Terminated { get; init; }
}
