using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>State machines: entry, triggers, action, exit, and on to the next state until one has no way out.</content>
public sealed partial class ScenarioExecution
{
    private async ValueTask StartMachineAsync(ActivityRecord record, CancellationToken ct)
    {
        var machine = record.Node!.Machine!;
        var current = await TextAsync(record, "currentState", ct);
        var initial = string.IsNullOrEmpty(current) ? await TextAsync(record, "initialState", ct) : current;
        if (machine.States.Length == 0)
        {
            await CompleteAsync(record, ct);
            return;
        }

        var state = string.IsNullOrEmpty(initial) ? 0 : machine.Find(initial);
        if (state < 0)
            throw new ActivityFaultException(ScenarioFailures.UnknownState(initial!));
        record.Machine = new MachineRun { State = state };
        await AdvanceAsync(record, ct);
    }

    private async ValueTask MachineChildCompletedAsync(ActivityRecord record, ActivityRecord child, CancellationToken ct)
    {
        var run = record.Machine!;
        if (run.Next == MachinePhase.Waiting)
        {
            var transitions = record.Node!.Machine!.Transitions;
            var fired = Array.FindIndex(transitions, t => t.Trigger == child.Node);
            if (!await HoldsAsync(record, transitions[fired], ct))
            {
                if (--record.Remaining == 0)
                    await CompleteAsync(record, ct);
                return;
            }

            CancelChildren(record);
            RemoveQueued(i => i.Record == record);
            (run.Transition, run.Next) = (fired, MachinePhase.Action);
        }

        await AdvanceAsync(record, ct);
    }

    // Without recursion: states may follow each other without anything to run in them.
    private async ValueTask AdvanceAsync(ActivityRecord record, CancellationToken ct)
    {
        var (machine, run) = (record.Node!.Machine!, record.Machine!);
        while (true)
        {
            ActivityNode? activity = null;
            switch (run.Next)
            {
                case MachinePhase.Entry:
                    SetOutput(record, "CurrentState", machine.States[run.State].Name);
                    (activity, run.Next) = (machine.States[run.State].Entry, MachinePhase.Choose);
                    break;
                case MachinePhase.Choose:
                    if (!await ChooseAsync(record, ct))
                        return;
                    break;
                case MachinePhase.Action:
                    (activity, run.Next) = (machine.Transitions[run.Transition].Action, MachinePhase.Exit);
                    break;
                case MachinePhase.Exit:
                    (activity, run.Next) = (machine.States[run.State].Exit, MachinePhase.Move);
                    break;
                default:
                    if (++_steps > _services.Limits.MaxSteps)
                        throw new ActivityFaultException(ScenarioFailures.TooManySteps(_services.Limits.MaxSteps));
                    (run.State, run.Next) = (machine.Transitions[run.Transition].To, MachinePhase.Entry);
                    break;
            }

            if (activity is not null)
            {
                Schedule(record, activity);
                return;
            }
        }
    }

    // False when triggers were started, or the state has no way out.
    private async ValueTask<bool> ChooseAsync(ActivityRecord record, CancellationToken ct)
    {
        var (run, transitions) = (record.Machine!, record.Node!.Machine!.Transitions);
        for (var i = 0; i < transitions.Length; i++)
        {
            if (transitions[i].From == run.State && transitions[i].Trigger is null && await HoldsAsync(record, transitions[i], ct))
            {
                (run.Transition, run.Next) = (i, MachinePhase.Action);
                return true;
            }
        }

        record.Remaining = 0;
        run.Next = MachinePhase.Waiting;
        foreach (var transition in transitions)
        {
            if (transition.From != run.State || transition.Trigger is not { } trigger)
                continue;
            record.Remaining++;
            Schedule(record, trigger);
        }

        if (record.Remaining == 0)
            await CompleteAsync(record, ct);
        return false;
    }

    private async ValueTask<bool> HoldsAsync(ActivityRecord record, MachineTransition transition, CancellationToken ct) =>
        transition.Condition is null || await EvaluateAsync(record, transition.Condition, TypeRef.Boolean, "condition", ct) is true;
}
