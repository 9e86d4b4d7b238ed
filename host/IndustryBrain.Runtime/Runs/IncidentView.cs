using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Runs;

/// <summary>What went wrong in a run.</summary>
/// <param name="ActivityId">Id of the activity in the definition.</param>
/// <param name="NodeId">The node of the definition.</param>
/// <param name="ActivityType">Type of the activity.</param>
/// <param name="Code">Stable code of the failure, or null.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Where">Where in the data it went wrong.</param>
/// <param name="Action">What to do about it.</param>
/// <param name="Timestamp">When.</param>
public sealed record IncidentView(
    string ActivityId,
    string NodeId,
    string ActivityType,
    string? Code,
    LocalizedText Message,
    string? Where,
    LocalizedText? Action,
    DateTimeOffset Timestamp)
{
    /// <summary>The step; null when the run itself broke.</summary>
    public string? StepId { get; init; }
}
