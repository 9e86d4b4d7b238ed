using System.Globalization;
using System.Text.Json.Nodes;
using IndustryBrain.Web.Schemas;

namespace IndustryBrain.Web.Forms;

/// <summary>Turns what a person typed or pasted into the JSON that the schema wants; what does not fit stays text for the validator to name.</summary>
internal static class ScalarValue
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    internal static JsonNode? Read(SchemaNode schema, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        text = text.Trim();
        return schema.Kind switch
        {
            SchemaKind.Number or SchemaKind.Integer => NumberEntry.TryRead(text, out var number) ? Number(number) : JsonValue.Create(text),
            SchemaKind.Date => DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? JsonValue.Create(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : JsonValue.Create(text),
            SchemaKind.Boolean => text.ToLowerInvariant() switch
            {
                "true" or "yes" or "是" or "y" or "1" => JsonValue.Create(true),
                "false" or "no" or "否" or "n" or "0" => JsonValue.Create(false),
                _ => JsonValue.Create(text),
            },
            SchemaKind.Choice => schema.Choices.FirstOrDefault(c => c.Key == text || c.Label.Zh == text || string.Equals(c.Label.En, text, StringComparison.OrdinalIgnoreCase)) is { } choice
                ? JsonNode.Parse(choice.Value.GetRawText()) : JsonValue.Create(text),
            _ => JsonValue.Create(text),
        };
    }

    // Written without an exponent or a trailing ".0", so that 68400 stays 68400 in the field and in the JSON.
    private static JsonValue Number(double number) =>
        Math.Abs(number) < 1e15 && number == Math.Floor(number) ? JsonValue.Create((long)number) : JsonValue.Create(number);
}
