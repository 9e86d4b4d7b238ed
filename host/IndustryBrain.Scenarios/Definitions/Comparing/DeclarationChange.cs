namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>What became of an input, an output or a variable.</summary>
/// <param name="Kind">Added, Removed or Changed.</param>
/// <param name="Name">Its name.</param>
/// <param name="NodeId">The activity that declares a variable; null for the scenario itself.</param>
/// <param name="Fields">The fields that differ; none of one that was added or removed.</param>
public sealed record DeclarationChange(ChangeKind Kind, string Name, string? NodeId, IReadOnlyList<FieldChange> Fields);
