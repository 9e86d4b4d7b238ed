using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Forms;

/// <summary>A series of numbers as text: one a line, also a pasted column or row. Commas and blanks part numbers; a comma is a thousands separator only where it cannot part them: in a column of one number a line, or in a row that blanks part.</summary>
internal static class SeriesText
{
    internal static JsonArray? Read(string text)
    {
        var array = new JsonArray();
        var lines = text.Split(['\n', '\r', '\t', ';', '；', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var parts = line.Split([' ', '\u00a0', '\u3000', '，'], StringSplitOptions.RemoveEmptyEntries);
            var groupsThousands = parts.Length > 1 ? !parts.Any(part => part[0] == ',' || part[^1] == ',') : lines.Length > 1 && parts.Length == 1;
            foreach (var part in parts)
            {
                if (groupsThousands && NumberEntry.TryRead(part, out var whole)) array.Add(whole);
                else foreach (var number in part.Split(',', StringSplitOptions.RemoveEmptyEntries))
                    array.Add(NumberEntry.TryRead(number, out var value) ? JsonValue.Create(value) : JsonValue.Create(number));
            }
        }

        return array.Count == 0 ? null : array;
    }

    internal static string Write(JsonArray? array) =>
        array is null ? "" : string.Join('\n', array.Select(n => n is null ? "" : n.GetValueKind() == JsonValueKind.String ? n.GetValue<string>() : n.ToJsonString()));

    internal static string Summary(JsonArray? array)
    {
        if (array is null) return FormText.SeriesCount.With(0).ToString();
        var numbers = array.Where(n => n?.GetValueKind() == JsonValueKind.Number).Select(n => JsonSerializer.Deserialize<double>(n!)).ToList();
        return numbers.Count == 0 || numbers.Count < array.Count
            ? FormText.SeriesCount.With(array.Count).ToString()
            : FormText.SeriesSpan.With(array.Count, NumberText.Of(numbers.Min()), NumberText.Of(numbers.Max()), NumberText.Of(numbers[^1])).ToString();
    }
}
