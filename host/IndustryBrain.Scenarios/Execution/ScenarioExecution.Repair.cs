using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Going on after a fault: what broke is tried again or skipped, what waited waits again.</content>
public sealed partial class ScenarioExecution
{
    private readonly LeftWaiting _left = new();

    /// <summary>The steps that broke and that nothing in the definition took care of, oldest first.</summary>
    public IReadOnlyList<BrokenStep> BrokenSteps =>
        [.. _broken.Select(b => new BrokenStep(b.Record.StepId, b.Record.Node!.NodeId, b.Record.Node.Id, b.Record.Node.Type, b.Record.Attempt, b.Incident))];

    /// <summary>Tries a step that broke once more, from its beginning and with the inputs that its expressions give now; below it nothing is kept. Work begins with the next <see cref="ContinueAsync(CancellationToken)"/>.</summary>
    /// <returns>Null, or IB3084 when no such step broke, IB3085 when it cannot be tried again.</returns>
    public Failure? Retry(string stepId)
    {
        if (_broken.Find(b => b.Record.StepId == stepId) is not { } broken)
            return ScenarioFailures.NotBroken(stepId);
        if (broken.Telling is null && IsBulkItem(broken.Record))
            return ScenarioFailures.CannotRetry(broken.Record.Node!.NodeId);
        GoOn(broken);
        if (broken.Telling is { } telling)
        {
            // The step itself is done; what follows it is not.
            EndRecord(broken.Record, ActivityStatus.Completed);
            Enqueue(new WorkItem(WorkKind.Told, telling.Parent, null, telling, false));
            return null;
        }

        StartAgain(broken.Record);
        broken.Record.FirstAttempt = broken.Record.Attempt;
        return null;
    }

    /// <summary>Ends a step that broke as if it had given these outputs.</summary>
    /// <param name="stepId">The step.</param>
    /// <param name="outputs">An object with its outputs; those left out stay as they are.</param>
    /// <param name="outcomes">The outcomes by which the run goes on; none for the plain Done.</param>
    /// <returns>Null, or IB3084 when no such step broke, IB3086 when an output is unknown or does not fit.</returns>
    public Failure? Skip(string stepId, JsonElement outputs, IReadOnlyList<string> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        if (_broken.Find(b => b.Record.StepId == stepId) is not { } broken)
            return ScenarioFailures.NotBroken(stepId);
        if (broken.Telling is not null)
            return ScenarioFailures.CannotSkip(broken.Record.Node!.NodeId);
        if (JudgeOutputs(broken.Record, outputs) is { } failure)
            return failure;
        GoOn(broken);
        EndBelow(broken.Record);
        broken.Record.Status = ActivityStatus.Running;
        Enqueue(new WorkItem(WorkKind.Skip, broken.Record, null, ValueJson.Object([new("outputs", outputs.Clone()), new("outcomes", ValueJson.Array([.. outcomes]))]), false));
        return null;
    }

    /// <summary>What the component of a step that broke says of its output; an open schema when the step calls none.</summary>
    public JsonElement OutputSchemaOf(string stepId) =>
        _broken.Find(b => b.Record.StepId == stepId)?.Record.Node is { ComponentId: { } id } && _services.Components.Find(id) is { } component ? component.Output : NoSchema;

    /// <summary>Lets a run that faulted, but not in a step, go on from where it stands: what waited waits again, from now on.</summary>
    public void Reopen()
    {
        GoOn(null);
        _incidents.RemoveAll(i => i.StepId is null);
        for (var i = 0; i < _bookmarks.Count; i++)
            _bookmarks[i] = _bookmarks[i] with { For = _bookmarks[i].For with { CreatedAt = Now } };
    }

    private void GoOn(BrokenRecord? repaired)
    {
        if (repaired is not null)
        {
            _broken.Remove(repaired);
            _incidents.Remove(repaired.Incident);
        }

        if (Status != ExecutionStatus.Finished)
            return;
        (Status, SubStatus) = (ExecutionStatus.Running, ExecutionSubStatus.Executing);
        foreach (var (record, bookmark) in _left.Bookmarks.Where(b => b.Record.Status == ActivityStatus.Running))
        {
            var isDeadline = bookmark.Name == DeadlineName;
            var again = bookmark with { CreatedAt = Now, Due = isDeadline ? Now + (bookmark.Due - bookmark.CreatedAt) : bookmark.Due };
            _bookmarks.Add(new Waiting<Bookmark>(record, again));
            if (!isDeadline)
                _events.Add(new StepSuspended(record.StepId, bookmark.NodeId, Now, again));
        }

        foreach (var (record, call) in _left.Calls.Where(c => c.Record.Status == ActivityStatus.Running))
        {
            record.Attempt++;
            _calls.Add(new Waiting<ComponentCall>(record, call with { EarlierAttempts = record.Attempt - 1 }));
            _events.Add(new StepStarted(record.StepId, call.NodeId, record.Node!.Type, Now, record.Node.Kind == ActivityKind.Component ? Shown(record.Node, call.Input) : null) { Attempt = record.Attempt });
        }

        foreach (var (record, request) in _left.Children.Where(c => c.Record.Status == ActivityStatus.Running))
        {
            // The run that it asked for is the one that it still waits for.
            _children.Add(new Waiting<ChildRunRequest>(record, request));
            _events.Add(new StepStarted(record.StepId, request.NodeId, record.Node!.Type, Now, null) { Attempt = record.Attempt });
        }

        _left.Bookmarks.Clear();
        _left.Calls.Clear();
        _left.Children.Clear();
    }

    /// <summary>Ends what waits; after a fault it is kept aside.</summary>
    private void LeaveOff()
    {
        if (SubStatus == ExecutionSubStatus.Faulted)
        {
            _left.Bookmarks.AddRange(_bookmarks);
            _left.Calls.AddRange(_calls);
            _left.Children.AddRange(_children);
        }

        DropWaiting();
    }

    private void StartAgain(ActivityRecord record)
    {
        ResetForAnother(record);
        Enqueue(new WorkItem(WorkKind.Again, record, null, null, false));
    }

    private void ResetForAnother(ActivityRecord record)
    {
        EndBelow(record);
        Release(record);
        record.Reset();
        if (record.Node!.Kind != ActivityKind.Workflow)
            record.Variables = [.. record.Node.Variables.Select(static v => new VariableSlot(v)), .. record.Variables];
    }

    /// <summary>Ends everything below a record, also what faulted there.</summary>
    private void EndBelow(ActivityRecord record)
    {
        foreach (var below in _broken.FindAll(b => IsBelow(b.Record, record)))
        {
            _broken.Remove(below);
            _incidents.Remove(below.Incident);
            if (below.Record.Status == ActivityStatus.Faulted)
                EndFaulted(below.Record);
        }

        CancelChildren(record);
        RemoveQueued(i => i.Record == record);
        RemoveWaiting(record);
    }

    private static bool IsBelow(ActivityRecord record, ActivityRecord ancestor)
    {
        for (var parent = record.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent == ancestor)
                return true;
        }

        return false;
    }

    private async ValueTask ExecuteAgainAsync(ActivityRecord record, CancellationToken ct)
    {
        var node = record.Node!;
        if (node.Kind != ActivityKind.Component)
            _events.Add(new StepStarted(record.StepId, node.NodeId, node.Type, Now, null) { Attempt = record.Attempt });
        await StartAsync(record, ct);
    }

    private async ValueTask SkipAsync(ActivityRecord record, JsonElement given, CancellationToken ct)
    {
        var outputs = given.GetProperty("outputs");
        if (outputs.ValueKind == JsonValueKind.Object)
        {
            foreach (var output in outputs.EnumerateObject())
                SetOutput(record, NameOfOutput(record.Node!, output.Name), ValueJson.FromElement(output.Value));
        }

        string[] outcomes = [.. given.GetProperty("outcomes").EnumerateArray().Select(o => o.GetString()!)];
        await CompleteAsync(record, ct, outcomes.Length > 0 ? outcomes : null, outputs.ValueKind == JsonValueKind.Object && outputs.EnumerateObject().Any() ? outputs : null, isSkipped: true);
    }

    private Failure? JudgeOutputs(ActivityRecord record, JsonElement outputs)
    {
        var node = record.Node!;
        if (node.Kind == ActivityKind.Component && _services.Components.Find(node.ComponentId!) is { } component)
        {
            if (InputCheck.Check(component.Output, outputs) is { } unfit)
                return unfit with { Where = $"outputs.{unfit.Where}" };
        }
        else if (InputCheck.Check(NoSchema, outputs) is { } unfit)
        {
            return unfit with { Where = "outputs" };
        }

        foreach (var output in outputs.EnumerateObject())
        {
            var name = NameOfOutput(node, output.Name);
            if (node.Descriptor is { } descriptor && !descriptor.Outputs.Contains(name))
                return ScenarioFailures.OutputUnknown(output.Name, descriptor.Outputs);
            try
            {
                if (node.Outputs.TryGetValue(name, out var binding) && FindVariable(record, binding.Target, byId: true) is { } slot)
                    slot.Convert(ValueJson.FromElement(output.Value));
            }
            catch (ConversionException e)
            {
                return ScenarioFailures.OutputUnfit(output.Name, e.What);
            }
        }

        return null;
    }

    private static readonly JsonElement NoSchema = JsonElement.Parse("{}");

    // The outputs of built-in activities are in Pascal case, whoever writes them.
    private static string NameOfOutput(ActivityNode node, string name) =>
        node.Descriptor?.Outputs.FirstOrDefault(o => string.Equals(o, name, StringComparison.OrdinalIgnoreCase)) ?? name;
}
