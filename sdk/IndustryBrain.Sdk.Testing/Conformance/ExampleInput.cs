using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>Makes an input of the examples in a schema.</summary>
internal static class ExampleInput
{
    /// <summary>An object with each member that is required or has an example.</summary>
    /// <param name="schema">The input schema.</param>
    /// <param name="file">Id of the file to hand over; null when there is none.</param>
    public static JsonElement Of(JsonElement schema, string? file) => JsonSerializer.SerializeToElement(Object(schema, file));

    private static JsonNode? Value(JsonElement schema, string? file)
    {
        if (schema.TryGetProperty("format", out var format) && format.ValueEquals("file"))
        {
            return file is null ? null : new JsonObject { ["file"] = file };
        }

        if (schema.TryGetProperty("examples", out var examples))
        {
            return Node(examples[0]);
        }

        if (schema.TryGetProperty("default", out var value))
        {
            return Node(value);
        }

        if (schema.TryGetProperty("enum", out var choices))
        {
            return Node(choices[0]);
        }

        if (schema.TryGetProperty("items", out var items))
        {
            return Value(items, file) is { } item ? new JsonArray(item) : null;
        }

        return schema.TryGetProperty("properties", out _) ? Object(schema, file) : null;
    }

    private static JsonObject Object(JsonElement schema, string? file)
    {
        var made = new JsonObject();
        string[] required = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];
        foreach (var member in schema.TryGetProperty("properties", out var members) ? members.EnumerateObject() : default)
        {
            if ((required.Contains(member.Name) || member.Value.TryGetProperty("examples", out _)) && Value(member.Value, file) is { } value)
            {
                made[member.Name] = value;
            }
        }

        return made;
    }

    private static JsonNode? Node(JsonElement json) => JsonSerializer.SerializeToNode(json);
}
