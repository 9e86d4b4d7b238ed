namespace IndustryBrain.Runtime.Runs;

/// <summary>The texts of a run's status and sub-status, as Elsa writes them; Paused and Terminated are ours.</summary>
public static class RunStatuses
{
    /// <summary>Status: not ended.</summary>
    public const string Running = "Running";

    /// <summary>Status and sub-status: ended; as sub-status, ended well.</summary>
    public const string Finished = "Finished";

    /// <summary>Sub-status: accepted, not started.</summary>
    public const string Pending = "Pending";

    /// <summary>Sub-status: executing.</summary>
    public const string Executing = "Executing";

    /// <summary>Sub-status: waiting for a timer, an event or a person.</summary>
    public const string Suspended = "Suspended";

    /// <summary>Sub-status: held by somebody, until it is resumed.</summary>
    public const string Paused = "Paused";

    /// <summary>Sub-status: ended at once by somebody, without cleaning up.</summary>
    public const string Terminated = "Terminated";

    /// <summary>Sub-status: cancelled by somebody.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>Sub-status: ended by a fault.</summary>
    public const string Faulted = "Faulted";
}
