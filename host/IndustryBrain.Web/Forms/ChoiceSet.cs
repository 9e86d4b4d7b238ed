using System.Text.Json.Nodes;
using IndustryBrain.Web.Schemas;

namespace IndustryBrain.Web.Forms;

/// <summary>An array of values of an enumeration as a set: each once, in the order of the schema.</summary>
internal static class ChoiceSet
{
    /// <summary>True when a value can be shown so: absent, or an array of known values, none of them twice.</summary>
    internal static bool Fits(SchemaNode schema, JsonNode? value) =>
        value is null || (value is JsonArray array && Chosen(schema, array).Count == array.Count && Keys(array).Distinct(StringComparer.Ordinal).Count() == array.Count);

    /// <summary>The keys of the values that are in the array.</summary>
    internal static HashSet<string> Chosen(SchemaNode schema, JsonArray? array) =>
        [.. schema.Item!.Choices.Select(choice => choice.Key).Intersect(Keys(array ?? []), StringComparer.Ordinal)];

    /// <summary>The array with one value in it or not; null when nothing is left.</summary>
    internal static JsonArray? With(SchemaNode schema, JsonArray? array, string key, bool isChosen)
    {
        var chosen = Chosen(schema, array);
        _ = isChosen ? chosen.Add(key) : chosen.Remove(key);
        return chosen.Count == 0 ? null : [.. schema.Item!.Choices.Where(choice => chosen.Contains(choice.Key)).Select(choice => JsonNode.Parse(choice.Value.GetRawText()))];
    }

    private static IEnumerable<string> Keys(JsonArray array) => array.Select(item => item is null ? "" : SchemaChoice.KeyOf(FormState.ToElement(item)));
}
