using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>What became of an activity.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="ActivityId">Its id.</param>
/// <param name="NodeId">Ids of its ancestors and its own, in the one that has it, in the later one where both have.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Fields">The fields that differ; none of one that was added or removed.</param>
public sealed record ActivityChange(ChangeKind Kind, string ActivityId, string NodeId, LocalizedText Name, string Type, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Where one that moved stood: the node that contained it, and its place there from 1. Null for one that did not.</summary>
    public string? MovedFrom { get; init; }

    /// <summary>Where it stands now, likewise.</summary>
    public string? MovedTo { get; init; }
}
