using IndustryBrain.Runtime.Runs;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>The state of a run in the words of the shell.</summary>
internal static class RunState
{
    internal static string Of(string status, string subStatus) => subStatus switch
    {
        RunStatuses.Pending => "waiting",
        RunStatuses.Suspended => "suspended",
        RunStatuses.Paused => "paused",
        RunStatuses.Terminated => "terminated",
        RunStatuses.Faulted => "faulted",
        RunStatuses.Cancelled => "cancelled",
        RunStatuses.Finished => "done",
        _ => status == RunStatuses.Finished ? "done" : "running",
    };

    /// <summary>What stands for a run in an address of the history: the sub-status of a word, or null.</summary>
    internal static string? SubStatusOf(string? word) => word switch
    {
        "waiting" => RunStatuses.Pending,
        "running" => RunStatuses.Executing,
        "suspended" => RunStatuses.Suspended,
        "done" => RunStatuses.Finished,
        "faulted" => RunStatuses.Faulted,
        "cancelled" => RunStatuses.Cancelled,
        "paused" => RunStatuses.Paused,
        "terminated" => RunStatuses.Terminated,
        _ => null,
    };

    internal static IReadOnlyList<string> Words { get; } = ["running", "suspended", "paused", "done", "faulted", "cancelled", "terminated", "waiting"];

    /// <summary>The short number of a run for people.</summary>
    internal static string Number(Guid id) => id.ToString("N")[^8..];
}
