using System.Text.Json;

namespace IndustryBrain.Scenarios.Tests;

/// <summary>Puts other values into documents.</summary>
internal static class Mutation
{
    /// <summary>Number of values in a document, itself and those within.</summary>
    public static int Count(JsonElement e) => 1 + e.ValueKind switch
    {
        JsonValueKind.Object => e.EnumerateObject().Sum(m => Count(m.Value)),
        JsonValueKind.Array => e.EnumerateArray().Sum(Count),
        _ => 0,
    };

    /// <summary>The document with another value in one place, counted in the order of writing.</summary>
    public static string Replace(JsonElement e, ref int index, string replacement)
    {
        if (index-- == 0)
            return replacement;
        var parts = new List<string>();
        switch (e.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in e.EnumerateObject())
                    parts.Add(JsonSerializer.Serialize(member.Name) + ":" + Replace(member.Value, ref index, replacement));
                return "{" + string.Join(',', parts) + "}";
            case JsonValueKind.Array:
                foreach (var item in e.EnumerateArray())
                    parts.Add(Replace(item, ref index, replacement));
                return "[" + string.Join(',', parts) + "]";
            default:
                return e.GetRawText();
        }
    }
}
