using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Control;

/// <summary>Somebody holds a run: it goes on when it is resumed.</summary>
/// <param name="By">Who does.</param>
/// <param name="At">Since when.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="Until">When it ends by itself, or null.</param>
/// <param name="Then">What becomes of the run then: resume, cancel or terminate.</param>
public sealed record RunPause(Actor By, DateTimeOffset At, string? Reason, DateTimeOffset? Until, string Then)
{
    /// <summary>True when its scenario was held before it began: it goes on when that is resumed.</summary>
    public bool IsOfScenario { get; init; }
}

/// <summary>What becomes of a run when the time of its pause is up.</summary>
public static class PauseEnds
{
    /// <summary>It goes on.</summary>
    public const string Resume = "resume";

    /// <summary>It is cancelled.</summary>
    public const string Cancel = "cancel";

    /// <summary>It is terminated.</summary>
    public const string Terminate = "terminate";

    internal static readonly string[] All = [Resume, Cancel, Terminate];
}

/// <summary>Somebody paused, resumed or terminated a run.</summary>
/// <param name="Kind">pause, resume or terminate.</param>
/// <param name="By">Who did.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record RunIntervention(string Kind, Actor By, DateTimeOffset At, string? Reason);

/// <summary>Somebody ended a run at once, without letting it clean up.</summary>
/// <param name="By">Who did.</param>
/// <param name="Reason">Why.</param>
public sealed record RunTermination(Actor By, string Reason);
