using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Map: a body for each item, so many at a time, and a result for each in the items' order.</content>
public sealed partial class ScenarioExecution
{
    private const string SelectInput = "select";

    private async ValueTask StartMapAsync(ActivityRecord record, CancellationToken ct)
    {
        var given = ValueConverter.Convert(await InputAsync(record, "items", ct), TypeRef.ObjectList);
        if (given is not JsonElement { ValueKind: JsonValueKind.Array } items)
            throw new ActivityFaultException(ScenarioFailures.NoItems());
        var count = items.GetArrayLength();
        record.Map = new MapState(items, record.Node!.Inputs.ContainsKey(SelectInput) ? new object?[count] : null);
        Hold(Weight(items));
        var parallel = Math.Max(1, await InputAsync(record, "maxParallel", ct) is int most ? most : 1);
        while (record.Remaining < parallel && record.Cursor < count && record.Node.Port("body") is not null)
            StartNextItem(record);
        if (record.Remaining == 0)
            await CompleteMapAsync(record, ct);
    }

    private void StartNextItem(ActivityRecord record)
    {
        record.Remaining++;
        Schedule(record, record.Node!.Port("body")!, BodyVariables(ValueJson.FromElement(record.Map!.Rows[record.Cursor]), record.Cursor++));
    }

    private async ValueTask MapChildCompletedAsync(ActivityRecord record, ActivityRecord child, CancellationToken ct)
    {
        var map = record.Map!;
        if (map.Results is { } results && FindVariable(child, "CurrentIndex", byId: false)?.Value is int index)
        {
            // Within the body's scope: its own variables have the values that it left.
            var value = await EvaluateAsync(child, record.Node!.Inputs[SelectInput], TypeRef.Object, SelectInput, ct);
            Hold(Weight(value));
            results[index] = value;
        }

        record.Remaining--;
        if (record.Cursor < map.Rows.Length)
            StartNextItem(record);
        else if (record.Remaining == 0)
            await CompleteMapAsync(record, ct);
    }

    private async ValueTask CompleteMapAsync(ActivityRecord record, CancellationToken ct)
    {
        object? result = record.Map!.Results is { } results ? ValueJson.Array(results) : null;
        if (result is not null)
            SetOutput(record, "Result", result);
        await CompleteAsync(record, ct, null, result);
    }
}
