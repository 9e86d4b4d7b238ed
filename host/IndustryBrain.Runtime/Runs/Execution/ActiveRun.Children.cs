using System.Text.Json;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Runtime.Runs.Execution;

internal sealed partial class ActiveRun
{
    private static readonly JsonElement NoOutput = JsonElement.Parse("{}");

    // What it asked for before its state was saved left with that commit.
    private readonly HashSet<(string, int)> _asked = hasState ? [.. engine.PendingChildRuns.Select(KeyOf)] : [];

    /// <summary>Commands that leave with the next commit.</summary>
    private readonly List<object> _commands = [];

    /// <summary>Asks for the runs that steps want to start. A dispatched one is answered at once: the promise is recorded with whatever the step leads to.</summary>
    /// <returns>True when the engine has something to do for it.</returns>
    private async Task<bool> AskForChildrenAsync(CancellationToken ct)
    {
        var answered = false;
        foreach (var request in engine.PendingChildRuns.Where(c => _asked.Add(KeyOf(c))).ToArray())
        {
            if (!(await services.Children.AdmitAsync(organization, record, request, ct)).TryGet(out var start, out var failure))
            {
                engine.CompleteChildRun(request.StepId, failure);
                answered = true;
                continue;
            }

            Drain();
            var asked = new ChildAskedFor(request.StepId, start.RunId, start.DefinitionId, services.Time.GetUtcNow());
            _pending.Add(asked);
            Change(h => h.Apply(asked));
            _commands.Add(start);
            _stateChanged = true;
            if (request.IsInline)
                continue;
            engine.CompleteChildRun(request.StepId, new ChildRunState(start.RunId.ToString(), ExecutionStatus.Running, ExecutionSubStatus.Pending, NoOutput));
            answered = true;
        }

        return answered;
    }

    private static ChildRunState StateOf(ChildStood child) =>
        new(child.ChildRunId.ToString(), Enum.Parse<ExecutionStatus>(child.Status), Enum.Parse<ExecutionSubStatus>(child.SubStatus), child.Output);

    private void Publish()
    {
        foreach (var published in engine.TakePublishedEvents().Where(p => !p.IsLocal))
            _commands.Add(new PublishEvent(published.Name, published.CorrelationId, published.Payload, Id) { Environment = record.Environment ?? ScenarioEnvironments.Production });
    }

    private bool Note(ChildStood child)
    {
        // A step that was tried again waits for another run.
        if (Awaited().FirstOrDefault(a => a.StepId == child.StepId).RunId is var awaited && awaited != Guid.Empty && awaited != child.ChildRunId)
            return true;
        if (engine.PendingChildRuns.Any(c => c.StepId == child.StepId))
        {
            engine.CompleteChildRun(child.StepId, StateOf(child));
            return true;
        }

        if (child.Status != RunStatuses.Finished)
            return true;
        if (engine.ResumeChildRun(child.StepId, StateOf(child)))
            return true;

        // The end can be read together with the news before it, or before the engine got as far as waiting for it: it stays until then.
        lock (_lock)
            return history.Find(child.StepId)?.State is StepStates.Done or StepStates.Faulted or StepStates.Cancelled;
    }

    private static (string, int) KeyOf(ChildRunRequest request) => (request.StepId, request.EarlierAttempts);

    /// <summary>The runs that steps of a run wait for.</summary>
    public static IEnumerable<(string StepId, Guid RunId)> AwaitedBy(ScenarioExecution engine, Guid id)
    {
        foreach (var request in engine.PendingChildRuns)
            yield return (request.StepId, ChildAdmission.IdOf(id, request));
        foreach (var bookmark in engine.Bookmarks.Where(b => b.Name is "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" or "Elsa.BulkDispatchWorkflows" or "IndustryBrain.SubScenario"))
        {
            if (bookmark.Payload is { ValueKind: JsonValueKind.Object } payload && payload.TryGetProperty("runId", out var child) && Guid.TryParse(child.GetString(), out var run))
                yield return (bookmark.StepId, run);
        }
    }

    private IEnumerable<(string StepId, Guid RunId)> Awaited() => AwaitedBy(engine, Id);

    /// <summary>Ends the runs that this one waits for, before it is ended itself.</summary>
    private void EndAwaitedChildren()
    {
        var unasked = engine.PendingChildRuns.Where(c => !_asked.Contains(KeyOf(c))).Select(c => c.StepId).ToHashSet();
        foreach (var (stepId, run) in Awaited().Where(a => !unasked.Contains(a.StepId)))
            _commands.Add(new EndRun(run));
    }

    private void TellParent(string status, string subStatus)
    {
        if (record.Parent is not { } parent)
            return;
        var (first, end) = (parent.IsInline && !record.ParentAnswered, parent.WaitsForCompletion && status == RunStatuses.Finished);
        if (!first && !end)
            return;
        record.ParentAnswered = true;
        _commands.Add(new ChildStopped(parent.RunId, parent.StepId, Id, status, subStatus, Output()));
    }

    private WaitSet Waits() => WaitsOf(engine);

    public static WaitSet WaitsOf(ScenarioExecution engine)
    {
        var names = engine.Bookmarks.Select(b => b.EventName).OfType<string>().Concat(engine.Bookmarks.SelectMany(HttpWaits.NamesOf)).Distinct().Order(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? WaitSet.None : new(names, engine.CorrelationId ?? "");
    }
}
