namespace IndustryBrain.Runtime.Runs;

/// <summary>Which runs a list shows; newest first.</summary>
public sealed record RunFilter
{
    /// <summary>Only runs of this scenario.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Only runs that this run started.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>Only runs with this status (Running, Finished).</summary>
    public string? Status { get; init; }

    /// <summary>Only runs with this sub-status.</summary>
    public string? SubStatus { get; init; }

    /// <summary>Only runs accepted at or after this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only runs accepted before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only runs whose number, own name or scenario name (in either language) has this text in it, whatever the case.</summary>
    public string? Text { get; init; }

    /// <summary>Page to show, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Runs a page, 1 to 200. Default 25.</summary>
    public int PageSize { get; init; } = 25;
}
