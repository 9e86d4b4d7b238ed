namespace IndustryBrain.Runtime.Runs;

/// <summary>The texts of a step's state.</summary>
public static class StepStates
{
    /// <summary>Waits for its turn.</summary>
    public const string Waiting = "waiting";

    /// <summary>Is being executed.</summary>
    public const string Running = "running";

    /// <summary>Waits for a timer, an event or a person.</summary>
    public const string Suspended = "suspended";

    /// <summary>Ended well.</summary>
    public const string Done = "done";

    /// <summary>Failed.</summary>
    public const string Faulted = "faulted";

    /// <summary>Broke, and somebody gave its outputs in place of its execution.</summary>
    public const string Skipped = "skipped";

    /// <summary>Was given up.</summary>
    public const string Cancelled = "cancelled";
}
