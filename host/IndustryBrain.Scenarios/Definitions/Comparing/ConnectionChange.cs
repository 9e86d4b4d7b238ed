namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>A connection of a flowchart that was added or removed.</summary>
/// <param name="Kind">Added or Removed.</param>
/// <param name="NodeId">The flowchart.</param>
/// <param name="Source">Id of the activity that it leaves.</param>
/// <param name="Port">The port that it leaves; null for none.</param>
/// <param name="Target">Id of the activity that it leads to.</param>
public sealed record ConnectionChange(ChangeKind Kind, string NodeId, string Source, string? Port, string Target);
