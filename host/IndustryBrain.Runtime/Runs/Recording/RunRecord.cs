using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Telemetry;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>What lists and access checks need of a run; written with each of its commits.</summary>
public sealed class RunRecord
{
    /// <summary>The run's identity; also that of its events in the journal.</summary>
    public Guid Id { get; set; }

    /// <summary>The scenario it runs.</summary>
    public required string DefinitionId { get; set; }

    /// <summary>The scenario's name for people.</summary>
    public required LocalizedText ScenarioName { get; set; }

    /// <summary>The version it runs.</summary>
    public int Version { get; set; }

    /// <summary>Running or Finished.</summary>
    public string Status { get; set; } = RunStatuses.Running;

    /// <summary>Pending, Executing, Suspended, Paused, Finished, Cancelled, Terminated or Faulted.</summary>
    public string SubStatus { get; set; } = RunStatuses.Pending;

    /// <summary>The environment that it goes on in; null for production.</summary>
    public string? Environment { get; set; }

    /// <summary>Names of the secrets that the parameters of its environment let it use; null for none.</summary>
    public IReadOnlyList<string>? Secrets { get; set; }

    /// <summary>The versions that it calls its components in, by component id; null for runs older than this member.</summary>
    public IReadOnlyDictionary<string, PluginPin>? Plugins { get; set; }

    /// <summary>Name the scenario gave this run.</summary>
    public string? Name { get; set; }

    /// <summary>Correlation id the scenario gave this run.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>The run that started it, or null.</summary>
    public Guid? ParentRunId { get; set; }

    /// <summary>What that run was promised.</summary>
    public RunParent? Parent { get; set; }

    /// <summary>True when that run was told how this one stands.</summary>
    public bool ParentAnswered { get; set; }

    /// <summary>The key under which it has a place among runs of which only so many may go on at the same time; null when it needs none.</summary>
    public string? StartKey { get; set; }

    /// <summary>How many runs, each started by the end of the one before, led to it.</summary>
    public int TriggerDepth { get; set; }

    /// <summary>Number of steps started.</summary>
    public int StepCount { get; set; }

    /// <summary>Number of events in the run's journal.</summary>
    public long StreamVersion { get; set; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Who started it.</summary>
    public required Actor StartedBy { get; set; }

    /// <summary>The first thing that went wrong.</summary>
    public IncidentView? Incident { get; set; }

    /// <summary>Who holds it; null when nobody does.</summary>
    public RunPause? Pause { get; set; }

    /// <summary>When it was last resumed: what it waits for is waited for anew from then on.</summary>
    public DateTimeOffset? ResumedAt { get; set; }

    /// <summary>The span that accepted it, in the form of the W3C's <c>traceparent</c>, or null.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Since when the run is broken; null when it is not.</summary>
    internal DateTimeOffset? FailedAt => SubStatus == RunStatuses.Faulted || (Status == RunStatuses.Running && Incident is not null) ? Incident?.Timestamp ?? FinishedAt ?? CreatedAt : null;

    internal RunSummary ToSummary() =>
        new(Id, DefinitionId, ScenarioName, Version, Status, SubStatus, Name, CorrelationId, StepCount, CreatedAt, FinishedAt, StartedBy, Incident) { Environment = Environment ?? ScenarioEnvironments.Production, ParentRunId = ParentRunId, FailedAt = FailedAt, Pause = Pause };

    internal static RunRecord Of(Guid id, RunAccepted accepted) => new()
    {
        Id = id,
        DefinitionId = accepted.DefinitionId,
        ScenarioName = accepted.ScenarioName,
        Version = accepted.Version,
        Environment = accepted.Environment,
        Secrets = accepted.Secrets,
        CorrelationId = accepted.CorrelationId,
        CreatedAt = accepted.At,
        StartedBy = accepted.StartedBy,
        ParentRunId = accepted.Parent?.RunId,
        Parent = accepted.Parent,
        Plugins = accepted.Plugins,
        Pause = accepted.Pause,
        SubStatus = accepted.Pause is null ? RunStatuses.Pending : RunStatuses.Paused,
        TraceParent = RunTelemetry.BeginTrace(accepted),
    };
}
