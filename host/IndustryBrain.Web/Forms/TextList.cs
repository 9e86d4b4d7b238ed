using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.Web.Forms;

/// <summary>A list of texts as one text: each on a line of its own. Blank lines are none.</summary>
internal static class TextList
{
    /// <summary>True when a value can be written so: absent, or an array of texts without line breaks.</summary>
    internal static bool Fits(JsonNode? value) =>
        value is null || (value is JsonArray array && array.All(item => item?.GetValueKind() == JsonValueKind.String && !item.GetValue<string>().AsSpan().ContainsAny('\n', '\r')));

    internal static JsonArray? Read(string text)
    {
        var lines = text.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? null : [.. lines.Select(line => JsonValue.Create(line))];
    }

    internal static string Write(JsonArray? array) => array is null ? "" : string.Join('\n', array.Select(item => item!.GetValue<string>()));
}
