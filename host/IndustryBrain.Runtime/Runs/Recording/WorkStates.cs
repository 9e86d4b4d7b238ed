namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>The states of a row in the index over unfinished runs.</summary>
internal static class WorkStates
{
    public const string Queued = "queued";
    public const string Executing = "executing";
    public const string Waiting = "waiting";

    /// <summary>Held by somebody: what it is told is kept, and nobody claims it.</summary>
    public const string Paused = "paused";
}
