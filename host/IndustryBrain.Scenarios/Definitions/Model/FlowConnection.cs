namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>A connection of a flowchart, between positions in its list of activities.</summary>
/// <param name="Source">Position of the source.</param>
/// <param name="Port">Source port; null is "no port", which is not the same as an empty one.</param>
/// <param name="Target">Position of the target.</param>
internal sealed record FlowConnection(int Source, string? Port, int Target);
