using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Sagas: what is done can be undone, the last part first.</content>
public sealed partial class ScenarioExecution
{
    private static readonly string[] Compensated = ["Compensated"];

    private async ValueTask CompensableCompletedAsync(ActivityRecord record, CancellationToken ct)
    {
        if (record.Node!.Port("compensation") is { } undo && SagaAround(record) is { } saga)
            saga.Guard!.Undo.Add(undo);
        await CompleteAsync(record, ct);
    }

    // Ends the nearest saga: everything below it is given up, and what is done is undone.
    private async ValueTask CompensateAsync(ActivityRecord record, CancellationToken ct)
    {
        if (SagaAround(record) is not { } saga)
            throw new ActivityFaultException(ScenarioFailures.NoSaga());
        EndRecord(record, ActivityStatus.Completed);
        _events.Add(new StepFinished(record.StepId, record.Node!.NodeId, Now, null, []));
        CancelChildren(saga);
        RemoveQueued(i => i.Record == saga);
        saga.Guard!.Phase = GuardPhase.End;
        await CompensateNextAsync(saga, ct);
    }

    private static ActivityRecord? SagaAround(ActivityRecord record)
    {
        for (var saga = record.Parent; saga is not null; saga = saga.Parent)
        {
            if (saga is { Node.Kind: ActivityKind.Saga, Guard.Phase: GuardPhase.Body })
                return saga;
        }

        return null;
    }

    private async ValueTask CompensateNextAsync(ActivityRecord saga, CancellationToken ct)
    {
        var guard = saga.Guard!;
        if (guard.Undo.Count > 0)
        {
            var undo = guard.Undo[^1];
            guard.Undo.RemoveAt(guard.Undo.Count - 1);
            Schedule(saga, undo);
        }
        else if (guard.Pending is { } pending)
        {
            GoOnFaulting(saga, pending);
        }
        else
        {
            await CompleteAsync(saga, ct, Compensated);
        }
    }
}
