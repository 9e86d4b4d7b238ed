namespace IndustryBrain.Runtime.Runs;

/// <summary>Which runs a list shows; newest first.</summary>
public sealed record RunFilter
{
    /// <summary>Only runs of this scenario.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Only runs that this run started.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>Only runs of this environment (test, production).</summary>
    public string? Environment { get; init; }

    /// <summary>Only runs with this status (Running, Finished).</summary>
    public string? Status { get; init; }

    /// <summary>Only runs with this sub-status.</summary>
    public string? SubStatus { get; init; }

    /// <summary>Only runs with another sub-status.</summary>
    internal string? ExceptSubStatus { get; init; }

    /// <summary>Only runs accepted at or after this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only runs accepted before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only runs whose number, own name or scenario name (in either language) has this text in it, whatever the case.</summary>
    public string? Text { get; init; }

    /// <summary>Only runs that are broken: those that faulted, and those that go on with something that did. Those that broke last come first.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Only broken runs whose first incident has this code.</summary>
    public string? Code { get; init; }

    /// <summary>Only broken runs whose first incident is in this activity, by its id or its node.</summary>
    public string? Step { get; init; }

    /// <summary>Only runs that broke at or after this moment.</summary>
    public DateTimeOffset? FailedFrom { get; init; }

    /// <summary>Only runs that broke before this moment.</summary>
    public DateTimeOffset? FailedTo { get; init; }

    /// <summary>Page to show, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Runs a page, 1 to 200. Default 25.</summary>
    public int PageSize { get; init; } = 25;
}
