using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>How a run starts.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Input">Its input object; anything else counts as empty.</param>
public sealed record ExecutionStart(string RunId, JsonElement Input)
{
    /// <summary>Correlation id, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The run that started this one, or null.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The trigger activity (its id) that started the run, or null for a manual start.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>What the trigger brought, such as an event's payload.</summary>
    public JsonElement? TriggerPayload { get; init; }
}
