using System.Runtime.InteropServices;
using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <content>How much the run holds. A script is limited on its own; what it leaves behind is limited here.</content>
public sealed partial class ScenarioExecution
{
    private long _held;
    private long _reported;

    // Text and JSON weigh; a number or a date does not.
    private static long Weight(object? value) => value switch
    {
        string text => 2L * text.Length,
        JsonElement { ValueKind: JsonValueKind.Object or JsonValueKind.Array } element => JsonMarshal.GetRawUtf8Value(element).Length,
        byte[] bytes => bytes.Length,
        _ => 0,
    };

    /// <summary>Takes the weight in, or refuses before anything is kept.</summary>
    private void Hold(long weight)
    {
        if (weight > 0 && _held + _reported + weight > _services.Limits.MaxHeldBytes)
            throw new ActivityFaultException(ScenarioFailures.TooMuchHeld(_services.Limits.MaxHeldBytes));
        _held += weight;
    }

    /// <summary>The same for what goes out with the next events.</summary>
    private void Report(long weight)
    {
        Hold(weight);
        _held -= weight;
        _reported += weight;
    }

    private void Set(VariableSlot slot, object? value)
    {
        var converted = slot.Convert(value);
        var weight = Weight(converted);
        Hold(weight - slot.Weight);
        slot.Put(converted, weight);
    }

    // Once: a record that has completed can still fault, and end again.
    private void Release(ActivityRecord record)
    {
        foreach (var variable in record.Variables)
        {
            _held -= variable.Weight;
            variable.Put(variable.Value);
        }

        if (record.Map is { } map)
        {
            _held -= Weight(map.Items) + (map.Results?.Sum(Weight) ?? 0);
            record.Map = null;
        }

        if (record.Workflow is { } workflow)
        {
            _held -= workflow.Inputs.Values.Sum(Weight) + workflow.Outputs.Values.Sum(Weight);
            workflow.Inputs.Clear();
            workflow.Outputs.Clear();
        }

        foreach (var output in record.Outputs?.Values ?? Enumerable.Empty<object?>())
            _held -= Weight(output);
        record.Outputs = null;
    }
}
