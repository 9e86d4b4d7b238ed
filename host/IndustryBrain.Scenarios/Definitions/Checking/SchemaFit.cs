using System.Text.Json;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>Compares the schema of a value with that of the port it goes to. It only says what cannot be right: a text may hold a number, and an object more than its schema tells.</summary>
internal static class SchemaFit
{
    private const int MaxDepth = 16;

    /// <summary>The first place where the types can never fit, with both types; or null.</summary>
    public static (string Path, string Given, string Wanted)? Types(JsonElement given, JsonElement wanted, string path = "", int depth = 0)
    {
        var (from, to) = (TypesOf(given), TypesOf(wanted));
        if (from.Length > 0 && to.Length > 0 && !from.Any(f => to.Any(t => Converts(f, t, depth))))
            return (path, string.Join("|", from), string.Join("|", to));
        if (depth >= MaxDepth)
            return null;
        if (Items(given) is { } item && Items(wanted) is { } wantedItem && Types(item, wantedItem, path + "[]", depth + 1) is { } wrongItem)
            return wrongItem;
        foreach (var (name, inGiven, inWanted) in Shared(given, wanted))
        {
            if (Types(inGiven, inWanted, path.Length == 0 ? name : $"{path}.{name}", depth + 1) is { } wrong)
                return wrong;
        }

        return null;
    }

    /// <summary>The first place where both say a unit and say different ones; or null.</summary>
    public static (string Path, string Given, string Wanted)? Units(JsonElement given, JsonElement wanted, string path = "", int depth = 0)
    {
        if (UnitOf(given) is { } from && UnitOf(wanted) is { } to && from != to)
            return (path, from, to);
        if (depth >= MaxDepth)
            return null;
        if (Items(given) is { } item && Items(wanted) is { } wantedItem && Units(item, wantedItem, path + "[]", depth + 1) is { } wrongItem)
            return wrongItem;
        foreach (var (name, inGiven, inWanted) in Shared(given, wanted))
        {
            if (Units(inGiven, inWanted, path.Length == 0 ? name : $"{path}.{name}", depth + 1) is { } wrong)
                return wrong;
        }

        return null;
    }

    // At the port itself a text is read as what the port wants, and a scalar becomes a text; inside of arrays and objects nothing is converted.
    private static bool Converts(string from, string to, int depth) =>
        from == to || from == "null" || to == "null" || (from, to) is ("integer", "number") or ("number", "integer")
        || (depth == 0 && (from == "string" || (to == "string" && from is "number" or "integer" or "boolean")));

    private static string[] TypesOf(JsonElement schema) => schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
        : [];

    private static JsonElement? Items(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object ? items : null;

    private static string? UnitOf(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("x-unit", out var unit) && unit.ValueKind == JsonValueKind.String ? unit.GetString() : null;

    private static IEnumerable<(string Name, JsonElement Given, JsonElement Wanted)> Shared(JsonElement given, JsonElement wanted)
    {
        if (Properties(given) is not { } from || Properties(wanted) is not { } to)
            yield break;
        foreach (var member in from.EnumerateObject())
        {
            if (to.TryGetProperty(member.Name, out var other))
                yield return (member.Name, member.Value, other);
        }
    }

    private static JsonElement? Properties(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : null;
}
