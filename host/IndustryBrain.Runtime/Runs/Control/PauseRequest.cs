namespace IndustryBrain.Runtime.Runs.Control;

/// <summary>Asks for a run, or the starts of a scenario, to be held.</summary>
public sealed record PauseRequest
{
    /// <summary>Why, at most 1 000 characters; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>When the pause ends by itself; null for when it is resumed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What becomes of the run then: resume (default), cancel or terminate.</summary>
    public string? Then { get; init; }
}

/// <summary>Asks for something with a reason.</summary>
public sealed record ReasonRequest
{
    /// <summary>Why, at most 1 000 characters.</summary>
    public string? Reason { get; init; }
}

/// <summary>Asks for the same to be done to many runs.</summary>
public sealed record BulkIntervention
{
    /// <summary>pause, resume or terminate.</summary>
    public required string Action { get; init; }

    /// <summary>Why, at most 1 000 characters; terminate needs one.</summary>
    public string? Reason { get; init; }

    /// <summary>pause: when it ends by itself.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>pause: what becomes of the runs then.</summary>
    public string? Then { get; init; }

    /// <summary>The runs; empty for those of <see cref="Filter"/>.</summary>
    public IReadOnlyList<Guid> Runs { get; init => field = value ?? []; } = [];

    /// <summary>Which runs are meant, when they are not named.</summary>
    public OpenRunFilter? Filter { get; init; }

    /// <summary>True to only say which runs are meant.</summary>
    public bool Preview { get; init; }
}

/// <summary>Which runs that have not ended are meant; what is left out does not matter.</summary>
public sealed record OpenRunFilter
{
    /// <summary>Runs of this scenario.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Runs with this sub-status.</summary>
    public string? SubStatus { get; init; }

    /// <summary>Runs accepted at or after this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Runs accepted before this moment.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>What was done to many runs, or would be.</summary>
/// <param name="IsPreview">True when nothing was done.</param>
/// <param name="Total">Runs that are meant.</param>
/// <param name="Left">Runs that are meant and that this request has not come to: ask again.</param>
/// <param name="Runs">What became of each.</param>
public sealed record BulkIntervened(bool IsPreview, long Total, long Left, IReadOnlyList<RunRepairResult> Runs);
