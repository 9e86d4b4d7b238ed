using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>One item of the queue.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Record">The owner of what is scheduled, or the record that goes on.</param>
/// <param name="Node">The node to execute.</param>
/// <param name="Payload">Variables of a loop body, what a bookmark was resumed with, or an answer.</param>
/// <param name="IsBackward">Scheduled over a backward connection.</param>
internal readonly record struct WorkItem(WorkKind Kind, ActivityRecord Record, ActivityNode? Node, object? Payload, bool IsBackward);
