using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Scenarios.Inputs;

/// <summary>References within one schema: <c>#</c>, and <c>#/</c> with a JSON pointer. Nothing is ever fetched.</summary>
internal static class SchemaReference
{
    /// <summary>The schema meant, or null when there is none.</summary>
    public static JsonElement? Resolve(JsonElement root, JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.String || reference.GetString() is not { } text || !text.StartsWith('#'))
            return null;
        if (text.Length == 1)
            return root;
        if (text[1] != '/')
            return null;
        var at = root;
        foreach (var part in text[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
                at = member;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength())
                at = at[index];
            else
                return null;
        }

        return at;
    }
}
