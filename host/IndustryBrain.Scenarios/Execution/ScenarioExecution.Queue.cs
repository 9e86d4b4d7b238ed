using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <content>The queue of work, and how records begin and end.</content>
public sealed partial class ScenarioExecution
{
    private static readonly TimeSpan LocalEventLifetime = TimeSpan.FromMinutes(10);

    private readonly Queue<WorkItem> _queue = new();

    // What stands in the queue is left for whoever lets the run go on.
    private bool _isAborted;

    // Where a completed record was told to its parent last: a failure from there on is not the record's own.
    private Telling? _telling;

    // False when time was up and work is left.
    private async ValueTask<bool> DrainAsync(long started, TimeSpan atMost, CancellationToken ct)
    {
        var executed = 0;
        while (!AwaitsInlineChild && !_isAborted && _queue.TryDequeue(out var item))
        {
            ct.ThrowIfCancellationRequested();
            Count(item.Record, -1);
            await ExecuteAsync(item, ct);
            if (++executed % _services.Limits.StepsBetweenYields == 0)
                await Task.Yield();
            if (atMost >= TimeSpan.Zero && _queue.Count > 0 && Status == ExecutionStatus.Running && _services.Time.GetElapsedTime(started) >= atMost)
                return false;
        }

        return true;
    }

    // A workflow that is executed inline runs before anything that is queued behind it.
    private bool AwaitsInlineChild => _children.Count > 0 && Status == ExecutionStatus.Running && _children.Exists(c => c.For.IsInline);

    // True when local events gave the run more to do.
    private bool Settle()
    {
        if (Status == ExecutionStatus.Finished)
        {
            LeaveOff();
            return false;
        }

        if (_calls.Count > 0 || _children.Count > 0)
            return false;
        if (_unfinished == 0)
        {
            (Status, SubStatus) = (ExecutionStatus.Finished, ExecutionSubStatus.Finished);
            DropWaiting();
            return false;
        }

        if (_broken.Count > 0 && _bookmarks.Count == 0 && !_definition.ContinuesWithIncidents)
        {
            // Somebody let it go on without what else broke.
            (Status, SubStatus) = (ExecutionStatus.Finished, ExecutionSubStatus.Faulted);
            return false;
        }

        SubStatus = ExecutionSubStatus.Suspended;
        _servesRequest = false;
        if (!DeliverLocalEvents())
            return false;
        SubStatus = ExecutionSubStatus.Executing;
        return true;
    }

    private bool DeliverLocalEvents()
    {
        var delivered = false;
        _localEvents.RemoveAll(e => Now - e.At > LocalEventLifetime);
        for (var i = 0; i < _localEvents.Count; i++)
        {
            var local = _localEvents[i];
            var found = false;
            for (var b = _bookmarks.Count - 1; b >= 0; b--)
            {
                if (_bookmarks[b].For is { Name: "Elsa.Event" } bookmark && bookmark.EventName == local.Name)
                {
                    Resume(b, local.Payload);
                    found = true;
                }
            }

            if (found)
            {
                _localEvents.RemoveAt(i--);
                delivered = true;
            }
        }

        return delivered;
    }

    /// <summary>Ends what waits, for good.</summary>
    private void DropWaiting()
    {
        foreach (var record in _bookmarks.Select(b => b.Record).Concat(_calls.Select(c => c.Record)).Concat(_children.Select(c => c.Record)).Distinct().ToArray())
        {
            if (record.Status == ActivityStatus.Running)
                _events.Add(new StepCancelled(record.StepId, record.Node!.NodeId, Now));
        }

        _bookmarks.Clear();
        _calls.Clear();
        _children.Clear();
        _localEvents.Clear();
    }

    private void Enqueue(WorkItem item)
    {
        Count(item.Record, 1);
        _queue.Enqueue(item);
    }

    private void EnqueueFirst(WorkItem item)
    {
        Enqueue(item);
        for (var behind = _queue.Count - 1; behind > 0; behind--)
            _queue.Enqueue(_queue.Dequeue());
    }

    private static void Count(ActivityRecord record, int change)
    {
        for (var owner = record; owner is not null; owner = owner.Parent)
            owner.QueuedBelow += change;
    }

    private void Schedule(ActivityRecord owner, ActivityNode node, object? variables = null, bool isBackward = false) =>
        Enqueue(new WorkItem(WorkKind.Schedule, owner, node, variables, isBackward));

    private void RemoveQueued(Func<WorkItem, bool> condition)
    {
        if (_queue.Count == 0)
            return;
        for (var count = _queue.Count; count > 0; count--)
        {
            var item = _queue.Dequeue();
            if (condition(item))
                Count(item.Record, -1);
            else
                _queue.Enqueue(item);
        }
    }

    private async ValueTask ExecuteAsync(WorkItem item, CancellationToken ct)
    {
        ActivityRecord? record = null;
        _telling = null;
        try
        {
            if (item.Kind == WorkKind.Schedule)
            {
                if (_steps >= _services.Limits.MaxSteps)
                {
                    Abort(item, ScenarioFailures.TooManySteps(_services.Limits.MaxSteps));
                    return;
                }

                record = Begin(item);
                await StartAsync(record, ct);
            }
            else if (item.Record.Status == ActivityStatus.Running)
            {
                record = item.Kind == WorkKind.Told ? ((Telling)item.Payload!).Child : item.Record;
                await GoOnAsync(item.Record, item, ct);
            }
        }
        catch (ActivityFaultException e)
        {
            Fault(record!, e.Failure);
        }
        catch (ConversionException e)
        {
            Fault(record!, ScenarioFailures.Conversion(e.What));
        }
    }

    private ActivityRecord Begin(WorkItem item)
    {
        var record = new ActivityRecord(++_steps, item.Node, item.Record) { IsBackward = item.IsBackward };
        record.Attach();
        _unfinished++;
        if (item.Node!.Kind != ActivityKind.Workflow)
            DeclareVariables(record, item.Node.Variables);
        if (item.Payload is VariableSlot[] body)
            record.Variables = record.Variables.Length == 0 ? body : [.. record.Variables, .. body];

        if (item.Node.Kind != ActivityKind.Component)
            _events.Add(new StepStarted(record.StepId, item.Node.NodeId, item.Node.Type, Now, null));
        return record;
    }

    private void EndRecord(ActivityRecord record, ActivityStatus status)
    {
        record.Status = status;
        record.Detach();
        Release(record);
        _unfinished--;
    }

    private JsonElement Shown(ActivityNode node, JsonElement input) =>
        _services.Components.Find(node.ComponentId!) is { } component ? SensitiveFields.MaskInput(component, input) : input;

    private JsonElement ShownOutput(ActivityNode node, JsonElement output) =>
        node.Kind == ActivityKind.Component && _services.Components.Find(node.ComponentId!) is { } component ? SensitiveFields.MaskOutput(component, output) : output;

    /// <summary>Completes a record and tells its parent; no outcomes means the plain Done.</summary>
    private async ValueTask CompleteAsync(ActivityRecord record, CancellationToken ct, IReadOnlyList<string>? outcomes = null, object? output = null, bool isSkipped = false)
    {
        if (record.Status != ActivityStatus.Running)
            return;
        Report(Weight(output));
        CancelChildren(record);
        EndRecord(record, ActivityStatus.Completed);
        RemoveWaiting(record);
        if (record.Node is { } node)
            _events.Add(new StepFinished(record.StepId, node.NodeId, Now, output is null ? null : ShownOutput(node, ValueJson.ToElement(output)), outcomes ?? []) { IsSkipped = isSkipped });
        if (record.Parent is { Status: ActivityStatus.Running } parent)
            await TellAsync(parent, record, outcomes, ct);
    }

    private ValueTask TellAsync(ActivityRecord parent, ActivityRecord child, IReadOnlyList<string>? outcomes, CancellationToken ct)
    {
        _telling = new Telling(parent, child, outcomes);
        return ChildCompletedAsync(parent, child, outcomes, ct);
    }

    private void CancelChildren(ActivityRecord record)
    {
        while (record.FirstChild is { } child)
        {
            if (child.Status == ActivityStatus.Faulted)
            {
                // Its container has ended without it; that it faulted still keeps the run from finishing.
                child.Detach();
                continue;
            }

            CancelRecord(child);
        }
    }

    private void CancelRecord(ActivityRecord record)
    {
        CancelChildren(record);
        RemoveQueued(i => i.Record == record);
        EndRecord(record, ActivityStatus.Canceled);
        RemoveWaiting(record);
        _events.Add(new StepCancelled(record.StepId, record.Node!.NodeId, Now));
    }

    private void RemoveWaiting(ActivityRecord record)
    {
        RemoveWaiting(_bookmarks, record);
        RemoveWaiting(_calls, record);
        RemoveWaiting(_children, record);
    }

    private static void RemoveWaiting<T>(List<Waiting<T>> waiting, ActivityRecord record)
    {
        for (var i = waiting.Count - 1; i >= 0; i--)
        {
            if (waiting[i].Record == record)
                waiting.RemoveAt(i);
        }
    }

    private void Fault(ActivityRecord record, Failure failure)
    {
        Telling? telling = null;
        if (record.Status == ActivityStatus.Running)
        {
            record.Status = ActivityStatus.Faulted;
        }
        else if (record.Status != ActivityStatus.Faulted)
        {
            // A failure while its successor was scheduled: the completed activity becomes the faulted one.
            record.Status = ActivityStatus.Faulted;
            record.Attach();
            _unfinished++;
            telling = _telling;
        }

        RemoveWaiting(record);
        _events.Add(new StepFaulted(record.StepId, record.Node!.NodeId, Now, failure) { Attempt = record.Attempt });
        if (telling is null && MayTryAgain(record, failure))
        {
            TryAgainLater(record);
            return;
        }

        Raise(record, new Incident(record.StepId, record.Node.NodeId, record.Node.Id, record.Node.Type, failure, Now), telling);
    }

    private void Abort(WorkItem item, Failure failure)
    {
        var node = item.Node!;
        AddIncident(new Incident(null, node.NodeId, node.Id, node.Type, failure, Now));
        (Status, SubStatus) = (ExecutionStatus.Finished, ExecutionSubStatus.Faulted);
        EnqueueFirst(item);
        _isAborted = true;
    }

    private void AddIncident(Incident incident)
    {
        if (_incidents.Count < _services.Limits.MaxLines)
            _incidents.Add(incident);
    }
}
