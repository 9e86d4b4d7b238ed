using System.Text.Json;
using System.Text.RegularExpressions;

namespace IndustryBrain.Storage.Tests;

/// <summary>
/// Validates values against the schemas of an OpenAPI 3.1 document, as strictly as JSON Schema 2020-12 says, and one rule more: a member that an object's schema does not describe is named too.
/// A keyword that it does not know is an error, so that nothing is passed over.
/// </summary>
internal sealed class JsonSchema(JsonElement document)
{
    private static readonly string[] Passed = ["description", "title", "format", "default", "example", "examples", "deprecated", "discriminator", "x-schema-id"];

    public IEnumerable<string> Errors(JsonElement schema, JsonElement value, string where = "$") => schema.EnumerateObject().SelectMany(keyword => Judge(keyword, schema, value, where));

    private IEnumerable<string> Judge(JsonProperty keyword, JsonElement schema, JsonElement value, string where) => keyword.Name switch
    {
        "$ref" => Errors(Resolve(keyword.Value.GetString()!), value, where),
        "type" => Types(keyword.Value).Any(t => Fits(t, value)) ? [] : [$"{where}: {value.ValueKind} is not {keyword.Value}"],
        "enum" => keyword.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)) ? [] : [$"{where}: {value} is none of {keyword.Value}"],
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!) ? [] : [$"{where}: {value} does not match {keyword.Value}"],
        "oneOf" => keyword.Value.EnumerateArray().Count(s => !Errors(s, value, where).Any()) is var fitting && fitting == 1 ? [] : [$"{where}: {fitting} forms of oneOf fit {value.ValueKind}"],
        "anyOf" => keyword.Value.EnumerateArray().Any(s => !Errors(s, value, where).Any()) ? [] : [$"{where}: no form of anyOf fits {value.ValueKind}"],
        "allOf" => keyword.Value.EnumerateArray().SelectMany(s => Errors(s, value, where)),
        "required" => value.ValueKind != JsonValueKind.Object ? [] : keyword.Value.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _)).Select(n => $"{where}: {n} is missing"),
        "items" => value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((item, index) => Errors(keyword.Value, item, $"{where}[{index}]")),
        "properties" => value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject().SelectMany(m =>
            keyword.Value.TryGetProperty(m.Name, out var known) ? Errors(known, m.Value, $"{where}.{m.Name}")
            : schema.TryGetProperty("additionalProperties", out _) ? [] : [$"{where}: {m.Name} is not described"]),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object || keyword.Value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject()
            .Where(m => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(m.Name, out _)).SelectMany(m => Errors(keyword.Value, m.Value, $"{where}.{m.Name}")),
        _ => Passed.Contains(keyword.Name, StringComparer.Ordinal) ? [] : [$"{where}: the keyword {keyword.Name} is not known here"],
    };

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name));

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
