using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>
/// One run as a state machine: it walks the definition, asks its shell for component calls, and stops where it must wait.
/// Not thread-safe; between calls its whole state can be saved, and a restored execution continues identically.
/// </summary>
public sealed class ScenarioExecution
{
    private ScenarioExecution()
    {
    }

    /// <summary>A new run, with nothing executed yet.</summary>
    public static ScenarioExecution Start(ScenarioDefinition definition, ExecutionServices services, ExecutionStart start) => throw new NotSupportedException();

    /// <summary>A run as <see cref="Save"/> wrote it.</summary>
    public static Result<ScenarioExecution> Restore(ScenarioDefinition definition, ExecutionServices services, ReadOnlyMemory<byte> state) => throw new NotSupportedException();

    /// <summary>Id of the run.</summary>
    public string RunId => throw new NotSupportedException();

    /// <summary>Main status.</summary>
    public ExecutionStatus Status => throw new NotSupportedException();

    /// <summary>Status in detail.</summary>
    public ExecutionSubStatus SubStatus => throw new NotSupportedException();

    /// <summary>Component calls that the shell performs and answers.</summary>
    public IReadOnlyList<ComponentCall> PendingCalls => throw new NotSupportedException();

    /// <summary>Runs that the shell starts and answers.</summary>
    public IReadOnlyList<ChildRunRequest> PendingChildRuns => throw new NotSupportedException();

    /// <summary>What the run waits for.</summary>
    public IReadOnlyList<Bookmark> Bookmarks => throw new NotSupportedException();

    /// <summary>The output so far.</summary>
    public JsonObject Output => throw new NotSupportedException();

    /// <summary>What WriteLine wrote.</summary>
    public IReadOnlyList<string> Lines => throw new NotSupportedException();

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Incident> Incidents => throw new NotSupportedException();

    /// <summary>Name of the run.</summary>
    public string? Name => throw new NotSupportedException();

    /// <summary>Correlation id.</summary>
    public string? CorrelationId => throw new NotSupportedException();

    /// <summary>Runs until it needs an answer, waits, or has ended.</summary>
    public ValueTask ContinueAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Answers a component call. An answer to a call that is no longer pending is ignored.</summary>
    public void CompleteCall(string stepId, Result<JsonElement> result) => throw new NotSupportedException();

    /// <summary>Answers a child run request; for one that waits and is answered with an unfinished child, a bookmark <c>Elsa.ExecuteWorkflow</c> or <c>Elsa.DispatchWorkflow</c> is left that is resumed with the child's output.</summary>
    public void CompleteChildRun(string stepId, Result<ChildRunState> result) => throw new NotSupportedException();

    /// <summary>Resumes what waits at a bookmark; work begins with the next <see cref="ContinueAsync"/>.</summary>
    /// <param name="bookmarkId">The bookmark.</param>
    /// <param name="payload">What came: an event's payload, a task's result, a child's output; or null.</param>
    /// <returns>False when there is no such bookmark any more.</returns>
    public bool Resume(string bookmarkId, JsonElement? payload) => throw new NotSupportedException();

    /// <summary>Gives the run up.</summary>
    public void Cancel() => throw new NotSupportedException();

    /// <summary>What happened since events were last taken.</summary>
    public IReadOnlyList<ExecutionEvent> TakeEvents() => throw new NotSupportedException();

    /// <summary>Events published to other runs since they were last taken.</summary>
    public IReadOnlyList<PublishedEvent> TakePublishedEvents() => throw new NotSupportedException();

    /// <summary>Writes the full state.</summary>
    public void Save(IBufferWriter<byte> writer) => throw new NotSupportedException();
}
