using System.Text.Json;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>Something came from outside: what triggers are told of it.</summary>
/// <param name="Kind">Event, Mqtt, File or Run.</param>
/// <param name="Said">What the triggers say that are meant.</param>
/// <param name="Payload">What it brings.</param>
internal sealed record Arrived(TriggerKind Kind, IReadOnlyList<string> Said, JsonElement? Payload)
{
    /// <summary>The environment whose triggers and runs hear it; null for all.</summary>
    public string? Environment { get; init; }

    /// <summary>Correlation id of the runs that it starts, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>By what it is recognised when it comes again, unless a trigger says; null when it cannot be.</summary>
    public string? Key { get; init; }

    /// <summary>Inputs of the runs that it starts, or null for none.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>How many runs, each started by the end of the one before, led to it.</summary>
    public int Depth { get; init; }

    /// <summary>True when it is kept outside until it is taken: it comes again while the platform takes no run.</summary>
    public bool CanWait { get; init; }
}

/// <summary>A run that a trigger is to start.</summary>
/// <param name="DefinitionId">The scenario.</param>
/// <param name="Trigger">What starts it.</param>
/// <param name="Limits">The trigger's limits, or null.</param>
internal sealed record TriggeredStart(string DefinitionId, Runs.Journal.RunTrigger Trigger, StartLimits? Limits)
{
    /// <summary>The environment of the trigger.</summary>
    public string Environment { get; init; } = ScenarioEnvironments.Production;

    /// <summary>True when it comes again while the organization may have no more runs: what cannot is let in, so that nothing is lost.</summary>
    public bool CanWait { get; init; }

    /// <summary>Id of the run; null for a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>Its correlation id, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Its input, as far as the scenario declares it; null for none.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>How many runs, each started by the end of the one before, led to it.</summary>
    public int Depth { get; init; }
}
