using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;
using IndustryBrain.Web.Theming;

namespace IndustryBrain.Web.States;

/// <summary>Word, shape and tone of a run's or step's state.</summary>
/// <param name="Word">The word.</param>
/// <param name="Icon">Path data of the shape.</param>
/// <param name="Tone">neutral, info, success, warning or error.</param>
/// <param name="Spins">True for the one state that moves.</param>
public sealed record StateLook(LocalizedText Word, string Icon, string Tone, bool Spins = false)
{
    private static readonly StateLook Waiting = new(WebText.StateWaiting, Glyphs.Circle, "neutral");
    private static readonly StateLook Running = new(WebText.StateRunning, Glyphs.Ring, "info", Spins: true);
    private static readonly StateLook Suspended = new(WebText.StateSuspended, Glyphs.Pause, "neutral");
    private static readonly StateLook NeedsPerson = new(WebText.StateNeedsYou, Glyphs.Person, "warning");
    private static readonly StateLook Done = new(WebText.StateDone, Glyphs.Check, "success");
    private static readonly StateLook Faulted = new(WebText.StateFaulted, Glyphs.ErrorOctagon, "error");
    private static readonly StateLook Skipped = new(WebText.StateSkipped, Glyphs.SlashedCircle, "warning");
    private static readonly StateLook Cancelled = new(WebText.StateCancelled, Glyphs.SlashedCircle, "neutral");

    private static readonly StateLook Paused = new(WebText.StatePaused, Glyphs.Pause, "warning");
    private static readonly StateLook Terminated = new(WebText.StateTerminated, Glyphs.SlashedCircle, "error");

    /// <summary>The look of a state by its name; an unknown name looks like waiting.</summary>
    public static StateLook Of(string? state) => state?.ToLowerInvariant() switch
    {
        "running" or "executing" => Running,
        "suspended" => Suspended,
        "person" or "needsyou" => NeedsPerson,
        "done" or "finished" or "completed" => Done,
        "faulted" or "failed" => Faulted,
        "skipped" => Skipped,
        "cancelled" or "canceled" => Cancelled,
        "paused" => Paused,
        "terminated" => Terminated,
        _ => Waiting,
    };
}
