using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>What starts runs of a published scenario by itself.</summary>
/// <param name="DefinitionId">The scenario.</param>
/// <param name="ActivityId">The trigger activity.</param>
/// <param name="Kind">What lets it start a run.</param>
/// <param name="Said">The interval, calendar, moment, name of the event, or methods and path.</param>
/// <param name="TimeZone">Time zone of the calendar.</param>
/// <param name="Missed">What becomes of missed firings.</param>
/// <param name="NextAt">When it fires next; null when it goes by no time, and when it does not any more.</param>
/// <param name="FiredAt">When it fired last, or null; of a request it is not kept.</param>
/// <param name="Refused">Code of what refused its last run, or null.</param>
public sealed record TriggerView(
    string DefinitionId, string ActivityId, TriggerKind Kind, string Said, string TimeZone, MissedFirings Missed, DateTimeOffset? NextAt, DateTimeOffset? FiredAt, string? Refused)
{
    /// <summary>The environment in which it starts runs.</summary>
    public string Environment { get; init; } = ScenarioEnvironments.Production;

    /// <summary>How many runs it may start at the same time and within a period; null for as many as come.</summary>
    public StartLimits? Limits { get; init; }

    /// <summary>False when it starts no run: runs only wait in it for what arrives.</summary>
    public bool Starts { get; init; } = true;

    /// <summary>Path of the member by which the same is recognised when it comes again; null for none.</summary>
    public string? RepeatKey { get; init; }

    /// <summary>Whether the broker is connected or the folder is there; null where nothing arrives, or no host has looked yet.</summary>
    public bool? IsConnected { get; init; }

    /// <summary>What went wrong there last, as long as it is not connected again; null for nothing.</summary>
    public string? Problem { get; init; }
}
