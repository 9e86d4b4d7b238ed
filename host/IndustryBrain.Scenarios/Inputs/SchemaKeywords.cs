using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Inputs;

/// <summary>Finds what a schema says that is not checked, so that it is never ignored in silence.</summary>
internal static class SchemaKeywords
{
    private const int MaxDepth = 64;

    private static readonly HashSet<string> Single = new(StringComparer.Ordinal) { "items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else" };
    private static readonly HashSet<string> Listed = new(StringComparer.Ordinal) { "allOf", "anyOf", "oneOf", "prefixItems" };
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal) { "properties", "patternProperties", "dependentSchemas", "$defs", "definitions" };
    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "type", "enum", "const", "required", "dependentRequired", "minProperties", "maxProperties", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "format", "$ref",
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema",
    };

    public static IReadOnlyList<Finding> Judge(JsonElement schema, string member)
    {
        var findings = new List<Finding>();
        Judge(schema, schema, member, 0, findings);
        return findings;
    }

    private static void Judge(JsonElement root, JsonElement schema, string where, int depth, List<Finding> findings)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
            return;
        foreach (var keyword in schema.EnumerateObject())
        {
            var at = $"{where}/{keyword.Name}";
            if (Single.Contains(keyword.Name))
                Judge(root, keyword.Value, at, depth + 1, findings);
            else if (Listed.Contains(keyword.Name) && keyword.Value.ValueKind == JsonValueKind.Array)
                foreach (var (part, index) in keyword.Value.EnumerateArray().Select((part, index) => (part, index)))
                    Judge(root, part, FormattableString.Invariant($"{at}/{index}"), depth + 1, findings);
            else if (Named.Contains(keyword.Name) && keyword.Value.ValueKind == JsonValueKind.Object)
                foreach (var part in keyword.Value.EnumerateObject())
                    Judge(root, part.Value, $"{at}/{part.Name}", depth + 1, findings);
            else if (!Others.Contains(keyword.Name) && !Listed.Contains(keyword.Name) && !Named.Contains(keyword.Name) && !keyword.Name.StartsWith("x-", StringComparison.Ordinal))
                findings.Add(DefinitionFindings.SchemaNotChecked(keyword.Name, at));
            if (IsUnusable(root, keyword))
                findings.Add(DefinitionFindings.SchemaNotChecked($"{keyword.Name}: {keyword.Value}", at));
        }

        foreach (var pattern in schema.TryGetProperty("patternProperties", out var patterns) && patterns.ValueKind == JsonValueKind.Object ? patterns.EnumerateObject() : default)
        {
            if (SchemaCheck.Pattern(pattern.Name) is null)
                findings.Add(DefinitionFindings.SchemaNotChecked(pattern.Name, $"{where}/patternProperties"));
        }
    }

    private static bool IsUnusable(JsonElement root, JsonProperty keyword) => keyword.Name switch
    {
        "$ref" => SchemaReference.Resolve(root, keyword.Value) is null,
        "pattern" => keyword.Value.ValueKind != JsonValueKind.String || SchemaCheck.Pattern(keyword.Value.GetString()!) is null,
        "format" => keyword.Value.ValueKind != JsonValueKind.String || !SchemaCheck.Formats.Contains(keyword.Value.GetString(), StringComparer.Ordinal),
        _ => false,
    };
}
