using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Plugins.Manifests;

/// <summary>Finds what in a JSON Schema means nothing to any reader: a type that there is not, members that are no schemas.</summary>
internal static class SchemaShape
{
    private const int MaxDepth = 32;
    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <summary>The problems of the schema that stands at <paramref name="at"/>.</summary>
    public static IEnumerable<ManifestProblem> Problems(JsonElement schema, string at) => schema.ValueKind == JsonValueKind.Object
        ? Within(schema, at, 0)
        : [new(at, new("应为 JSON Schema 对象", "must be a JSON Schema object"))];

    /// <summary>Every schema within a schema, with where it stands; the schema itself first.</summary>
    public static IEnumerable<(JsonElement Schema, string At)> All(JsonElement schema, string at, int depth = 0)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            yield break;
        }

        yield return (schema, at);
        foreach (var (inner, where) in Children(schema, at).SelectMany(child => All(child.Schema, child.At, depth + 1)))
        {
            yield return (inner, where);
        }
    }

    private static IEnumerable<(JsonElement Schema, string At)> Children(JsonElement schema, string at)
    {
        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in properties.EnumerateObject())
            {
                yield return (member.Value, $"{at}.properties.{member.Name}");
            }
        }

        foreach (var name in new[] { "items", "additionalProperties" })
        {
            if (schema.TryGetProperty(name, out var inner))
            {
                yield return (inner, $"{at}.{name}");
            }
        }
    }

    private static IEnumerable<ManifestProblem> Within(JsonElement schema, string at, int depth)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            foreach (var (name, where) in type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select((t, i) => (t, string.Create(CultureInfo.InvariantCulture, $"{at}.type[{i}]"))) : [(type, at + ".type")])
            {
                if (name.ValueKind != JsonValueKind.String || !Types.Contains(name.GetString(), StringComparer.Ordinal))
                {
                    yield return new(where, new($"应为 {string.Join("、", Types)} 之一，不是 {Shown(name)}", $"must be one of {string.Join(", ", Types)}, not {Shown(name)}"));
                }
            }
        }

        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind != JsonValueKind.Object)
        {
            yield return new(at + ".properties", new("应为一个 JSON 对象", "must be a JSON object"));
        }

        if (schema.TryGetProperty("required", out var required) && (required.ValueKind != JsonValueKind.Array || required.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String)))
        {
            yield return new(at + ".required", new("应为成员名的列表", "must be a list of names of members"));
        }

        if (schema.TryGetProperty("enum", out var values) && values.ValueKind != JsonValueKind.Array)
        {
            yield return new(at + ".enum", new("应为值的列表", "must be a list of values"));
        }

        foreach (var (inner, where) in Children(schema, at))
        {
            if (inner.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
            {
                yield return new(where, new("应为 JSON Schema 对象", "must be a JSON Schema object"));
            }
            else if (inner.ValueKind == JsonValueKind.Object && depth < MaxDepth)
            {
                foreach (var problem in Within(inner, where, depth + 1))
                {
                    yield return problem;
                }
            }
        }
    }

    private static string Shown(JsonElement value)
    {
        const int MaxShown = 40;
        var text = value.GetRawText();
        return text.Length <= MaxShown ? text : text[..MaxShown] + "…";
    }
}
