using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>An attempt at a step ended; recorded exactly once an attempt.</summary>
/// <param name="StepId">The step.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="Type">Type of the activity.</param>
/// <param name="State">done, faulted, cancelled or skipped.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="At">When it ended.</param>
/// <param name="Input">What it was given; null when an earlier event says it.</param>
/// <param name="Output">What it gave.</param>
/// <param name="Outcomes">Its outcomes; empty for the plain Done.</param>
/// <param name="Failure">Why it failed.</param>
public sealed record StepEnded(
    string StepId,
    string NodeId,
    string Type,
    string State,
    DateTimeOffset? StartedAt,
    DateTimeOffset At,
    JsonElement? Input,
    JsonElement? Output,
    IReadOnlyList<string> Outcomes,
    Failure? Failure)
{
    /// <summary>Which attempt at the step, from 2; null for the first, and where an earlier event says it.</summary>
    public int? Attempt { get; init; }
}
