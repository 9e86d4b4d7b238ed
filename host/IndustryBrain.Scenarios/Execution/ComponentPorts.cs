using System.Globalization;
using System.Text.Json;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Fits values to the ports of a component.</summary>
internal static class ComponentPorts
{
    /// <summary>The port's own spelling and its JSON type; a schema without properties takes any name.</summary>
    public static (string? Name, string? Type) Find(JsonElement schema, string name)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return (name, null);
        if (properties.TryGetProperty(name, out var exact))
            return (name, TypeOf(exact));
        foreach (var property in properties.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return (property.Name, TypeOf(property.Value));
        }

        return (null, null);
    }

    /// <summary>Text that stands for a number, a flag, an array or an object becomes one; anything else is left for the component to judge.</summary>
    public static object? Fit(object? value, string? type) => (value, type) switch
    {
        (string s, "array" or "object") => Parsed(s),
        (string s, "integer" or "number") => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : s,
        (string s, "boolean") => bool.TryParse(s, out var b) ? b : s,
        (double d, "integer") when Math.Abs(d) < 1e15 && d == Math.Truncate(d) => (long)d,
        (int or long or double or decimal or bool, "string") => ValueConverter.ToText(value),
        _ => value,
    };

    private static object Parsed(string text)
    {
        try
        {
            return ValueJson.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string? TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
            return null;
        return type.ValueKind switch
        {
            JsonValueKind.String => type.GetString(),
            JsonValueKind.Array => type.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? t.GetString() : null).FirstOrDefault(t => t != "null"),
            _ => null,
        };
    }
}
