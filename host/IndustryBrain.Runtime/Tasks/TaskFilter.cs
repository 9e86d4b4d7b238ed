namespace IndustryBrain.Runtime.Tasks;

/// <summary>Which tasks a list shows.</summary>
public sealed record TaskFilter
{
    /// <summary>Only tasks that stand so; null for all.</summary>
    public TaskState? State { get; init; }

    /// <summary>Only tasks that the caller is asked.</summary>
    public bool Mine { get; init; }

    /// <summary>Only tasks of this run.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Only tasks of this scenario.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>Only tasks with this text in their title, whatever the case.</summary>
    public string? Text { get; init; }

    /// <summary>Page to show, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Tasks a page, 1 to 200. Default 25.</summary>
    public int PageSize { get; init; } = 25;
}
