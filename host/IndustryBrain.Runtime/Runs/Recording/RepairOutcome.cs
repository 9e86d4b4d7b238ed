namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>What became of a repair.</summary>
internal enum RepairOutcome
{
    /// <summary>It is on record.</summary>
    Recorded,

    /// <summary>The same request had its effect before.</summary>
    DoneBefore,

    /// <summary>A node executes the run, or somebody else let it go on meanwhile.</summary>
    Executing,
}
