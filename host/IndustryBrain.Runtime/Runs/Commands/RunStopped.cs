using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Command between nodes: a run has ended whose end starts other runs.</summary>
/// <param name="RunId">The run.</param>
/// <param name="DefinitionId">Its scenario.</param>
/// <param name="SubStatus">Finished, Faulted or Cancelled.</param>
/// <param name="Output">Its output.</param>
/// <param name="CorrelationId">Its correlation id, or null.</param>
/// <param name="Depth">How many runs, each started by the end of the one before, led to it.</param>
/// <param name="At">When it ended.</param>
public sealed record RunStopped(Guid RunId, string DefinitionId, string SubStatus, JsonElement Output, string? CorrelationId, int Depth, DateTimeOffset At)
{
    /// <summary>The environment that it was in.</summary>
    public string? Environment { get; init; }
}
