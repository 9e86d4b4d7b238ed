using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Inputs;

/// <summary>Judges the input of a run, or of a call of a component, before anything is done with it.</summary>
public static class InputCheck
{
    /// <summary>The first thing that does not fit, or null: text and numbers that cannot be kept (IB2020, IB7104), a name that nobody knows (IB2021), and what the schema refuses (IB71xx, IB2021, IB2022).</summary>
    public static Failure? Check(JsonElement schema, JsonElement input) => CheckNames(schema, input) ?? SchemaCheck.Check(schema, input);

    /// <summary>As <see cref="Check"/>, without what the schema says about values: whoever binds the input says it better.</summary>
    public static Failure? CheckNames(JsonElement schema, JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
            return Refusals.Type("input", input, new("对象", "an object"));
        return Unfit(input, "input", "") ?? Unknown(schema, input);
    }

    private static Failure? Unfit(JsonElement value, string where, string path)
    {
        if (value.ValueKind == JsonValueKind.Object && !Storable.IsTooDeep(value))
        {
            foreach (var member in value.EnumerateObject())
            {
                if (!Storable.Fits(JsonMarshal.GetRawUtf8PropertyName(member)))
                    return ScenarioFailures.UnfitText(where);
                if (member.Value.ValueKind != JsonValueKind.String || !Storable.Fits(member.Value))
                {
                    var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                    if (Unfit(member.Value, name, name) is { } failure)
                        return failure;
                }
            }

            return null;
        }

        if (value.ValueKind == JsonValueKind.Array && !Storable.IsTooDeep(value))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (Unfit(item, FormattableString.Invariant($"{path}[{index}]"), FormattableString.Invariant($"{path}[{index}]")) is { } failure)
                    return failure;
                index++;
            }

            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetDouble(out var number) && double.IsFinite(number) ? null : Refusals.NotANumber(where);
        return Storable.Fits(value) ? null : ScenarioFailures.UnfitText(where);
    }

    /// <summary>A typing error in a name must not pass for a value that was left out: unless the schema opens its object, the names it declares are all there are.</summary>
    private static Failure? Unknown(JsonElement schema, JsonElement input)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return null;
        string[] known = [.. properties.EnumerateObject().Select(p => p.Name)];
        if (known.Length == 0 || schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind != JsonValueKind.False
            || SchemaCheck.Applicators.Any(a => schema.TryGetProperty(a, out var part) && !SchemaCheck.OnlyRequires(part)))
            return null;
        foreach (var member in input.EnumerateObject())
        {
            if (!known.Contains(member.Name, StringComparer.Ordinal))
                return ScenarioFailures.UnknownInput(member.Name, known);
        }

        return null;
    }
}
