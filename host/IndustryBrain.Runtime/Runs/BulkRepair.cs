using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Runs;

/// <summary>What is done about many runs that broke.</summary>
public sealed record BulkRepair
{
    /// <summary>What is done about each.</summary>
    public required RunRepair Repair { get; init; }

    /// <summary>The runs; empty for those of <see cref="Filter"/>.</summary>
    public IReadOnlyList<Guid> Runs { get; init => field = value ?? []; } = [];

    /// <summary>Which broken runs are meant, when they are not named.</summary>
    public BrokenFilter? Filter { get; init; }

    /// <summary>True to only say what would happen.</summary>
    public bool Preview { get; init; }
}

/// <summary>Which broken runs are meant; what is left out does not matter.</summary>
public sealed record BrokenFilter
{
    /// <summary>Runs of this scenario.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Runs whose first incident has this code.</summary>
    public string? Code { get; init; }

    /// <summary>Runs whose first incident is in this activity, by its id or its node.</summary>
    public string? Step { get; init; }

    /// <summary>Runs that broke at or after this moment.</summary>
    public DateTimeOffset? FailedFrom { get; init; }

    /// <summary>Runs that broke before this moment.</summary>
    public DateTimeOffset? FailedTo { get; init; }

    internal RunFilter ToRuns() => new() { IsBroken = true, DefinitionId = DefinitionId, Code = Code, Step = Step, FailedFrom = FailedFrom, FailedTo = FailedTo };
}

/// <summary>What a repair of many runs did, or would do.</summary>
/// <param name="IsPreview">True when nothing was done.</param>
/// <param name="Total">Runs that are meant.</param>
/// <param name="Left">Runs that are meant and that this request has not come to: ask again.</param>
/// <param name="Groups">The runs that go on, by where they broke.</param>
/// <param name="Runs">What became of each.</param>
public sealed record BulkRepaired(bool IsPreview, long Total, long Left, IReadOnlyList<RepairGroup> Groups, IReadOnlyList<RunRepairResult> Runs);

/// <summary>Runs that go on and broke at the same place.</summary>
/// <param name="DefinitionId">The scenario.</param>
/// <param name="ScenarioName">Its name for people.</param>
/// <param name="Version">The version that they ran.</param>
/// <param name="NodeId">Where they broke; empty when the run itself did.</param>
/// <param name="Code">With which code, or null.</param>
/// <param name="Count">How many.</param>
public sealed record RepairGroup(string DefinitionId, LocalizedText ScenarioName, int Version, string NodeId, string? Code, int Count);

/// <summary>What became of one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Failure">Why it does not go on; null when it does.</param>
public sealed record RunRepairResult(Guid RunId, Failure? Failure);
