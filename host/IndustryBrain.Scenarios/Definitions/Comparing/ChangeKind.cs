namespace IndustryBrain.Scenarios.Definitions.Comparing;

/// <summary>What became of a part of a definition.</summary>
public enum ChangeKind
{
    /// <summary>Only the later one has it.</summary>
    Added,

    /// <summary>Only the earlier one has it.</summary>
    Removed,

    /// <summary>It stands elsewhere: in another activity, or at another place among its siblings. Its fields may have changed as well.</summary>
    Moved,

    /// <summary>It stands where it was, and some of its fields changed.</summary>
    Changed,
}
