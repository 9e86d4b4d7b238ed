namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>The states of a row in the index over unfinished runs.</summary>
internal static class WorkStates
{
    public const string Queued = "queued";
    public const string Executing = "executing";
    public const string Waiting = "waiting";
}
