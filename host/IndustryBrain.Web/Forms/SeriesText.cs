using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Forms;

/// <summary>A series of numbers as text: one a line, also a pasted column or row. A comma between digits separates thousands only when the groups are right.</summary>
internal static class SeriesText
{
    internal static JsonArray? Read(string text)
    {
        var array = new JsonArray();
        foreach (var line in text.Split(['\n', '\r', '\t', ';', '；', '、'], StringSplitOptions.TrimEntries))
        {
            if (line.Length == 0) continue;
            if (NumberEntry.TryRead(line, out var number)) array.Add(number);
            else foreach (var part in line.Split([',', '，', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                array.Add(NumberEntry.TryRead(part, out number) ? JsonValue.Create(number) : JsonValue.Create(part));
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
