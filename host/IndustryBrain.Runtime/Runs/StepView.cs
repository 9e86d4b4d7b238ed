using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Runs;

/// <summary>One execution of an activity within a run, as people and callers of the API see it.</summary>
/// <param name="Id">Identity of the step within its run; stays equal when the step is tried again after a crash.</param>
/// <param name="NodeId">The node of the definition.</param>
/// <param name="Type">Type of the activity, such as <c>Elsa.If</c> or <c>IndustryBrain.forecasting.des</c>.</param>
/// <param name="Name">The step's name for people.</param>
/// <param name="Kind">knowledge, tool, application, or control.</param>
/// <param name="State">waiting, running, suspended, done, faulted, cancelled or skipped.</param>
/// <param name="StartedAt">When it started; null while it waits for its turn.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Input">What it was given.</param>
/// <param name="Output">What it gave.</param>
/// <param name="Progress">Done so far, 0 to 1, as the component reports it.</param>
/// <param name="ProgressText">What the component is doing.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="WaitsFor">Name of the bookmark a suspended step waits for, such as <c>Elsa.Delay</c>.</param>
/// <param name="Due">When a suspended step continues by itself.</param>
public sealed record StepView(
    string Id,
    string NodeId,
    string Type,
    LocalizedText Name,
    string Kind,
    string State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    JsonElement? Input,
    JsonElement? Output,
    double? Progress,
    LocalizedText? ProgressText,
    Failure? Failure,
    string? WaitsFor,
    DateTimeOffset? Due)
{
    /// <summary>What the component wrote to the log of the step, oldest first, at most the last 200 entries; kept only while the run is executed.</summary>
    public IReadOnlyList<StepLogEntry> Log { get; init; } = [];

    /// <summary>The run that the step started, or null.</summary>
    public Guid? ChildRunId { get; init; }

    /// <summary>Which attempt at the step this is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The attempts before, oldest first, at most the last 50.</summary>
    public IReadOnlyList<StepAttempt> Earlier { get; init; } = [];
}
