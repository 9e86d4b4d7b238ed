using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Try, Retry and Saga: a fault below them is theirs first.</content>
public sealed partial class ScenarioExecution
{
    private async ValueTask StartGuardAsync(ActivityRecord record, CancellationToken ct)
    {
        record.Guard = record.Node!.Kind == ActivityKind.Retry ? await RetryAsync(record, ct) : new GuardState();
        if (record.Node.Port("body") is { } body)
            Schedule(record, body, AttemptVariables(record));
        else
            await GuardChildCompletedAsync(record, ct);
    }

    private async ValueTask<GuardState> RetryAsync(ActivityRecord record, CancellationToken ct)
    {
        SetOutput(record, "Attempt", 1);
        return new GuardState
        {
            Attempt = 1,
            MaxAttempts = await InputAsync(record, "maxAttempts", ct) is int attempts ? attempts : 1,
            Delay = await InputAsync(record, "delay", ct) is TimeSpan delay ? delay : TimeSpan.Zero,
            Factor = await InputAsync(record, "factor", ct) is double factor ? factor : 1,
            MaxDelay = await InputAsync(record, "maxDelay", ct) is TimeSpan longest ? longest : TimeSpan.Zero,
            Jitter = await InputAsync(record, "jitter", ct) is double jitter ? jitter : 0,
            Codes = ValueConverter.ToItems(await InputAsync(record, "codes", ct)) is { } codes ? [.. codes.Select(c => ValueConverter.ToText(c) ?? "")] : [],
        };
    }

    private async ValueTask GuardChildCompletedAsync(ActivityRecord record, CancellationToken ct)
    {
        var guard = record.Guard!;
        switch (record.Node!.Kind)
        {
            case ActivityKind.Saga when guard.Phase == GuardPhase.End:
                await CompensateNextAsync(record, ct);
                return;
            case ActivityKind.Try when guard.Phase != GuardPhase.End && record.Node.Port("finally") is { } last:
                guard.Phase = GuardPhase.End;
                Schedule(record, last);
                return;
            default:
                if (guard.Pending is { } pending)
                    GoOnFaulting(record, pending);
                else
                    await CompleteAsync(record, ct);
                return;
        }
    }

    /// <summary>Gives a fault to the nearest guard that takes it; when none does it is the run's.</summary>
    private void Raise(ActivityRecord record, Incident incident, Telling? telling = null)
    {
        for (var guard = record.Parent; guard is not null; guard = guard.Parent)
        {
            if (guard is { Node.Policy: not null, Status: ActivityStatus.Running } && MayTryAgain(guard, incident.Failure))
            {
                if (record.Status == ActivityStatus.Running)
                    record.Status = ActivityStatus.Faulted;
                EndFaulted(record);
                _events.Add(new StepFaulted(guard.StepId, guard.Node.NodeId, Now, incident.Failure) { Attempt = guard.Attempt });
                TryAgainLater(guard);
                return;
            }

            if (guard is { Guard: { } state, Status: ActivityStatus.Running } && Takes(guard, state, incident.Failure.Code))
            {
                if (record.Status == ActivityStatus.Running)
                    record.Status = ActivityStatus.Faulted;
                EndFaulted(record);
                CancelChildren(guard);
                RemoveQueued(i => i.Record == guard);
                Take(guard, state, incident);
                return;
            }
        }

        record.Status = ActivityStatus.Faulted;
        AddIncident(incident);
        _broken.Add(new BrokenRecord(record, incident, telling));
        if (!_definition.ContinuesWithIncidents && Status == ExecutionStatus.Running)
            (Status, SubStatus) = (ExecutionStatus.Finished, ExecutionSubStatus.Faulted);
    }

    private void GoOnFaulting(ActivityRecord guard, Incident incident)
    {
        _events.Add(new StepFaulted(guard.StepId, guard.Node!.NodeId, Now, incident.Failure) { Attempt = guard.Attempt });
        if (MayTryAgain(guard, incident.Failure))
            TryAgainLater(guard);
        else
            Raise(guard, incident);
    }

    // What is taken keeps nothing from finishing.
    private void EndFaulted(ActivityRecord record)
    {
        CancelChildren(record);
        RemoveQueued(i => i.Record == record);
        EndRecord(record, ActivityStatus.Faulted);
    }

    private static bool Takes(ActivityRecord guard, GuardState state, string code) => guard.Node!.Kind switch
    {
        ActivityKind.Try => state.Phase == GuardPhase.Body ? guard.Node.Port("catch") is not null || guard.Node.Port("finally") is not null
            : state.Phase == GuardPhase.Catch && guard.Node.Port("finally") is not null,
        ActivityKind.Retry => state.Phase == GuardPhase.Body && state.Attempt < state.MaxAttempts && (state.Codes.Length == 0 || state.Codes.Contains(code)),
        _ => state.Phase == GuardPhase.Body,
    };

    private void Take(ActivityRecord record, GuardState guard, Incident incident)
    {
        var node = record.Node!;
        if (node.Kind == ActivityKind.Retry)
        {
            guard.Attempt++;
            SetOutput(record, "Attempt", guard.Attempt);
            Pause(record, guard);
            return;
        }

        var error = ErrorOf(incident);
        SetOutput(record, "Error", error);
        if (node.Kind == ActivityKind.Try && guard.Phase == GuardPhase.Body && node.Port("catch") is { } handler)
        {
            guard.Phase = GuardPhase.Catch;
            Schedule(record, handler, new VariableSlot[] { new("Error", error) });
            return;
        }

        (guard.Phase, guard.Pending) = (GuardPhase.End, incident);
        if (node.Kind == ActivityKind.Try)
            Schedule(record, node.Port("finally")!);
        else
            Enqueue(new WorkItem(WorkKind.Resume, record, null, null, false));
    }

    private void Pause(ActivityRecord record, GuardState guard)
    {
        var delay = StepPolicy.Jittered(StepPolicy.DelayBefore(guard.Attempt, guard.Delay, guard.Factor, guard.MaxDelay), guard.Jitter, RunId, record.StepId, guard.Attempt);
        if (delay > TimeSpan.Zero)
        {
            guard.Phase = GuardPhase.Pause;
            Wait(record, Now + delay);
        }
        else
        {
            Schedule(record, record.Node!.Port("body")!, AttemptVariables(record));
        }
    }

    private async ValueTask ResumeGuardAsync(ActivityRecord record, CancellationToken ct)
    {
        if (record.Node!.Kind == ActivityKind.Saga)
        {
            await CompensateNextAsync(record, ct);
            return;
        }

        record.Guard!.Phase = GuardPhase.Body;
        Schedule(record, record.Node.Port("body")!, AttemptVariables(record));
    }

    private static VariableSlot[]? AttemptVariables(ActivityRecord record) => record.Node!.Kind == ActivityKind.Retry ? [new("Attempt", record.Guard!.Attempt)] : null;

    private static object ErrorOf(Incident incident) => ValueJson.Object([
        new("code", incident.Failure.Code), new("message", incident.Failure.Message.En), new("messageZh", incident.Failure.Message.Zh), new("where", incident.Failure.Where),
        new("activityId", incident.ActivityId), new("activityType", incident.ActivityType)]);
}
