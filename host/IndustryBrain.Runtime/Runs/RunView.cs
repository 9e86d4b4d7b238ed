using System.Text.Json;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Retention;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs;

/// <summary>A run as it stands.</summary>
/// <param name="Id">The run's identity.</param>
/// <param name="DefinitionId">The scenario it runs.</param>
/// <param name="ScenarioName">The scenario's name for people.</param>
/// <param name="Version">The published version it runs; only a repair changes it.</param>
/// <param name="Status">Running or Finished.</param>
/// <param name="SubStatus">Pending, Executing, Suspended, Paused, Finished, Cancelled, Terminated or Faulted.</param>
/// <param name="Input">The input as accepted.</param>
/// <param name="Output">The outputs set so far.</param>
/// <param name="Lines">What WriteLine wrote, in order.</param>
/// <param name="Incidents">What went wrong.</param>
/// <param name="Steps">Its steps in the order they were started.</param>
/// <param name="Name">Name the scenario gave this run.</param>
/// <param name="CorrelationId">Correlation id the scenario gave this run.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="StartedBy">Who started it.</param>
public sealed record RunView(
    Guid Id,
    string DefinitionId,
    LocalizedText ScenarioName,
    int Version,
    string Status,
    string SubStatus,
    JsonElement Input,
    JsonElement Output,
    IReadOnlyList<string> Lines,
    IReadOnlyList<IncidentView> Incidents,
    IReadOnlyList<StepView> Steps,
    string? Name,
    string? CorrelationId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    Actor StartedBy)
{
    /// <summary>True when the run ended: finished, faulted, cancelled or terminated.</summary>
    public bool HasEnded => Status == RunStatuses.Finished;

    /// <summary>True when the run waits for a timer, an event or a person.</summary>
    public bool IsWaiting => SubStatus == RunStatuses.Suspended;

    /// <summary>True when somebody holds the run.</summary>
    public bool IsPaused => SubStatus == RunStatuses.Paused;

    /// <summary>Who holds the run, or asked to while a step is still under way; null when nobody does.</summary>
    public RunPause? Pause { get; init; }

    /// <summary>Who ended it at once; null when nobody did.</summary>
    public RunTermination? Terminated { get; init; }

    /// <summary>Where it is kept, when it left the journal; null when it did not.</summary>
    public ArchivedRun? Archive { get; init; }

    /// <summary>How people paused, resumed and terminated it, oldest first.</summary>
    public IReadOnlyList<RunIntervention> Interventions { get; init; } = [];

    /// <summary>Number of steps started; <see cref="Steps"/> holds at most the first 2 000.</summary>
    public int StepCount { get; init; }

    /// <summary>Why it has not begun though it is accepted; null for a run that begins as soon as a host has room, or has begun.</summary>
    public HeldStart? Held { get; init; }

    /// <summary>The environment that it goes on in: test or production.</summary>
    public string Environment { get; init; } = ScenarioEnvironments.Production;

    /// <summary>The run that started this one, or null.</summary>
    public Guid? ParentRunId { get; init; }

    /// <summary>The step of that run, or null.</summary>
    public string? ParentStepId { get; init; }

    /// <summary>How it was let go on after it had broken, oldest first.</summary>
    public IReadOnlyList<RepairView> Repairs { get; init; } = [];

    /// <summary>Grows with each change of this run that the answering node has seen; the id of a server-sent event.</summary>
    public long Revision { get; init; }

    /// <summary>The requests that its endpoints took, that which started it not among them.</summary>
    internal IReadOnlyList<Guid> TakenRequests { get; init; } = [];

    /// <summary>How it answered the requests that it serves, as far as that is on record.</summary>
    internal IReadOnlyList<AnswerGiven> Answers { get; init; } = [];

    /// <summary>The answer to the request that a step took, null standing for the one that started the run.</summary>
    internal AnswerGiven? AnswerTo(string? endpointStepId) => Answers.FirstOrDefault(a => a.EndpointStepId == endpointStepId);
}
