using System.Text.Json;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>What a run can be told.</summary>
internal abstract record InboxEntry
{
    /// <summary>Place in the inbox; 0 until it is there.</summary>
    public long Id { get; init; }
}

/// <summary>Somebody wants the run to end.</summary>
internal sealed record CancelWanted : InboxEntry;

/// <summary>Somebody wants the run to be held.</summary>
/// <param name="Pause">Who, why and how long.</param>
internal sealed record PauseWanted(RunPause Pause) : InboxEntry;

/// <summary>Somebody wants the run to go on that was to be held.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why, or null.</param>
internal sealed record ResumeWanted(Actor By, string? Reason) : InboxEntry;

/// <summary>An event came for the run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Payload">What it carries, or null.</param>
internal sealed record EventCame(string Name, JsonElement? Payload) : InboxEntry
{
    /// <summary>True when it was meant for this run alone: it is dropped when nothing waits for it any more.</summary>
    public bool IsAddressed { get; init; }
}

/// <summary>People decided what a step asked them.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Decision">What they decided: outcome, data, by, decisions.</param>
internal sealed record TaskDecided(string StepId, JsonElement Decision) : InboxEntry;

/// <summary>A request came for an endpoint that waits for it.</summary>
/// <param name="RequestId">Which request: of several that come at once, the step takes one.</param>
/// <param name="StepId">The step that waits.</param>
/// <param name="Request">The request.</param>
internal sealed record RequestCame(Guid RequestId, string StepId, JsonElement Request) : InboxEntry;

/// <summary>A run that this run started has stopped: it waits or has ended.</summary>
/// <param name="StepId">The step that started it.</param>
/// <param name="ChildRunId">The run.</param>
/// <param name="Status">Running or Finished.</param>
/// <param name="SubStatus">Its sub-status.</param>
/// <param name="Output">Its output.</param>
internal sealed record ChildStood(string StepId, Guid ChildRunId, string Status, string SubStatus, JsonElement Output) : InboxEntry;
