using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs;

/// <summary>A run as a list shows it.</summary>
/// <param name="Id">The run's identity.</param>
/// <param name="DefinitionId">The scenario it runs.</param>
/// <param name="ScenarioName">The scenario's name for people.</param>
/// <param name="Version">The version it runs.</param>
/// <param name="Status">Running or Finished.</param>
/// <param name="SubStatus">Pending, Executing, Suspended, Paused, Finished, Cancelled, Terminated or Faulted.</param>
/// <param name="Name">Name the scenario gave this run.</param>
/// <param name="CorrelationId">Correlation id the scenario gave this run.</param>
/// <param name="StepCount">Number of steps started.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="Incident">The first thing that went wrong, or null.</param>
public sealed record RunSummary(
    Guid Id,
    string DefinitionId,
    LocalizedText ScenarioName,
    int Version,
    string Status,
    string SubStatus,
    string? Name,
    string? CorrelationId,
    int StepCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    Actor StartedBy,
    IncidentView? Incident)
{
    /// <summary>The environment that it goes on in: test or production.</summary>
    public string Environment { get; init; } = ScenarioEnvironments.Production;

    /// <summary>The run that started this one, or null.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>Since when it is broken; null when it is not.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Who holds it; null when nobody does.</summary>
    public RunPause? Pause { get; init; }

    /// <summary>True when it can go on: its state is kept.</summary>
    public bool IsResumable { get; init; }
}
