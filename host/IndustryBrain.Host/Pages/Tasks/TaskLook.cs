using IndustryBrain.Host.Texts;
using IndustryBrain.Runtime.Tasks;

namespace IndustryBrain.Host.Pages.Tasks;

/// <summary>Tasks in words for people.</summary>
internal static class TaskLook
{
    /// <summary>The state as <c>StateBadge</c> knows it, and its word.</summary>
    internal static (string State, string Word) Of(TaskSummary task) => task.State switch
    {
        TaskState.Open => ("person", PageText.TaskOpen.ToString()),
        TaskState.Decided => ("done", task.Outcome is { } outcome ? Outcome(outcome) : PageText.TaskDecided.ToString()),
        TaskState.Expired => ("cancelled", PageText.TaskExpired.ToString()),
        _ => ("cancelled", PageText.TaskWithdrawn.ToString()),
    };

    /// <summary>The usual outcomes are ours to word; all others are the scenario's.</summary>
    internal static string Outcome(string outcome) => outcome switch
    {
        "Approved" => PageText.OutcomeApproved.ToString(),
        "Rejected" => PageText.OutcomeRejected.ToString(),
        HumanTasks.NoQuorum => PageText.OutcomeNoQuorum.ToString(),
        _ => outcome,
    };

    internal static string Asked(TaskSummary task)
    {
        var asked = task.Assignee ?? (task.Role is { } role ? PageText.TaskRole.Fill(role) : PageText.TaskAnybody.ToString());
        return task.EscalatedTo is { } further ? $"{asked} · {PageText.TaskAlsoRole.Fill(further)}" : asked;
    }

    internal static string Due(DateTimeOffset due, TimeProvider time) =>
        (due < time.GetUtcNow() ? PageText.TaskOverdue : PageText.TaskDueFact).Fill(TimeText.Absolute(due, time, "MM-dd HH:mm"));

    internal static string Entry(TaskEntry entry) => entry.Kind switch
    {
        TaskEntryKind.Decided => PageText.TaskEntryDecided.Fill(Outcome(entry.Outcome ?? "")),
        TaskEntryKind.Commented => PageText.TaskEntryCommented.ToString(),
        TaskEntryKind.Delegated => PageText.TaskEntryDelegated.Fill(entry.To ?? ""),
        TaskEntryKind.Reminded => PageText.TaskEntryReminded.ToString(),
        _ => PageText.TaskEntryEscalated.Fill(entry.To ?? ""),
    };
}
