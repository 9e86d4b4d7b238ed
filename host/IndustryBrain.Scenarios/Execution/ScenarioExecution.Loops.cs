using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Loops.</content>
public sealed partial class ScenarioExecution
{
    private async ValueTask StartForAsync(ActivityRecord record, CancellationToken ct)
    {
        record.Loop = new LoopState
        {
            Current = Number(await InputAsync(record, "start", ct)),
            End = Number(await InputAsync(record, "end", ct)),
            Step = Number(await InputAsync(record, "step", ct)),
            IsInclusive = await InputAsync(record, "outerBoundInclusive", ct) is true,
        };
        await NextOfForAsync(record, ct);
    }

    private static long Number(object? value) => value is int i ? i : 0;

    private async ValueTask NextOfForAsync(ActivityRecord record, CancellationToken ct)
    {
        // Without a body there is nothing to do; Elsa leaves such a run suspended.
        if (!record.Loop!.IsWithin || record.Node!.Port("body") is not { } body)
        {
            await CompleteAsync(record, ct);
            return;
        }

        object current = (int)record.Loop.Current;
        SetOutput(record, "CurrentValue", current);
        Schedule(record, body, BodyVariables(current, null));
    }

    private async ValueTask NextOfForEachAsync(ActivityRecord record, CancellationToken ct)
    {
        // Read again in every round, as Elsa does: the body may have changed them.
        if (!ValueConverter.TryGetItem(await InputAsync(record, "items", ct), record.Cursor, out var item, out var isCollection))
        {
            if (!isCollection)
                throw new ActivityFaultException(ScenarioFailures.NoItems());
            await CompleteAsync(record, ct);
            return;
        }

        if (record.Node!.Port("body") is not { } body)
        {
            await CompleteAsync(record, ct);
            return;
        }

        SetOutput(record, "CurrentValue", item);
        Schedule(record, body, BodyVariables(item, record.Cursor++));
    }

    private async ValueTask StartParallelForEachAsync(ActivityRecord record, CancellationToken ct)
    {
        var items = ValueConverter.ToItems(await InputAsync(record, "items", ct)) ?? throw new ActivityFaultException(ScenarioFailures.NoItems());
        if (items.Count == 0 || record.Node!.Port("body") is not { } body)
        {
            await CompleteAsync(record, ct);
            return;
        }

        record.Remaining = items.Count;
        for (var i = 0; i < items.Count; i++)
            Schedule(record, body, BodyVariables(items[i], i));
    }

    private async ValueTask NextOfWhileAsync(ActivityRecord record, CancellationToken ct)
    {
        // Without a body nothing could change the condition; Elsa recurses for ever there.
        if (await ConditionAsync(record, ct) && record.Node!.Port("body") is { } body)
            Schedule(record, body);
        else
            await CompleteAsync(record, ct);
    }

    // What a loop gives to one execution of its body.
    private static VariableSlot[] BodyVariables(object? value, int? index) =>
        index is { } i ? [new("CurrentValue", value), new("CurrentIndex", i)] : [new("CurrentValue", value)];

    // Sequences up to the loop end at once; the loop ends when its body has completed.
    private static void SignalBreak(ActivityRecord record)
    {
        for (var ancestor = record.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor.Node?.Kind is ActivityKind.Sequence)
                ancestor.IsBreaking = true;
            if (ancestor.Node?.Kind is ActivityKind.For or ActivityKind.ForEach or ActivityKind.While)
            {
                ancestor.IsBreaking = true;
                return;
            }
        }
    }
}
