using System.Text.Json;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Tasks;

/// <summary>A task as lists show it.</summary>
public record TaskSummary
{
    /// <summary>Its id: run and step, with a colon between them.</summary>
    public required string Id { get; init; }

    /// <summary>The run that asks.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The run's scenario.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>What is to be done.</summary>
    public required string Title { get; init; }

    /// <summary>How it stands.</summary>
    public required TaskState State { get; init; }

    /// <summary>Since when it is asked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires, or null.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Id of the person asked, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary>The role asked, or null.</summary>
    public string? Role { get; init; }

    /// <summary>The role that was asked in addition, or null.</summary>
    public string? EscalatedTo { get; init; }

    /// <summary>How often whoever is asked was reminded.</summary>
    public int Reminders { get; init; }

    /// <summary>When it was decided, expired or was withdrawn; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What was decided, or null.</summary>
    public string? Outcome { get; init; }

    /// <summary>True when the caller may decide it now.</summary>
    public bool MayDecide { get; init; }
}

/// <summary>A task with what is asked and what happened to it.</summary>
public sealed record TaskView : TaskSummary
{
    /// <summary>More about it, or empty.</summary>
    public required string Description { get; init; }

    /// <summary>The node that asks.</summary>
    public required string NodeId { get; init; }

    /// <summary>JSON Schema of the data that a decision carries, or null.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>What whoever decides is shown, or null.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The decisions to choose from.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Number of persons who have to decide alike.</summary>
    public int Quorum { get; init; }

    /// <summary>Number of persons who decide at most, or null.</summary>
    public int? Voters { get; init; }

    /// <summary>True when whoever started the run may not decide.</summary>
    public bool FourEyes { get; init; }

    /// <summary>Who started the run.</summary>
    public required Actor StartedBy { get; init; }

    /// <summary>What happened to it, oldest first.</summary>
    public required IReadOnlyList<TaskEntry> Entries { get; init; }
}

/// <summary>One page of tasks.</summary>
/// <param name="Items">The tasks of this page: open ones first, what is due before what is not, then the newest.</param>
/// <param name="Total">Number of tasks that match the filter.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageSize">Tasks a page.</param>
public sealed record TaskPage(IReadOnlyList<TaskSummary> Items, long Total, int Page, int PageSize);
