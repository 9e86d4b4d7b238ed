using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>Makes inputs that do not fit of one that does, by its schema: members missing, null, of another type, out of bounds, too many, too long.</summary>
internal static class BadInputs
{
    private const int MostDepth = 4;
    private const int LongText = 20_000;

    private static readonly string[] Numbers = ["0", "-1", "0.5", "1e308", "-1e308", "5e-324", "2147483647", "9007199254740993", "1e400", "\"\"", "\"NaN\"", "\"1,5\"", "true"];
    private static readonly string[] Whole = ["0", "-1", "1.5", "2147483647", "-2147483648", "9223372036854775807", "1e30", "\"\"", "\"7\"", "true"];
    private static readonly string[] Texts = ["\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"' OR 1=1 --\"", "\"../../etc/passwd\"", "\"not-a-date\"", "\"9999-12-31\"", "\"0001-01-01\"", "5", "false"];
    private static readonly string[] Lists = ["[]", "[null]", "[[]]", "[{}]", "[\"\"]", "[1]", "[1e308,1e308,-1e308]", "{}", "\"x\""];
    private static readonly string[] Objects = ["{}", "[]", "\"x\"", "1"];

    public static IEnumerable<JsonElement> Of(JsonElement good, JsonElement schema)
    {
        foreach (var whole in (string[])["{}", "[]", "null", "1", "\"x\"", "{\"\":1}"])
        {
            yield return JsonElement.Parse(whole);
        }

        foreach (var change in Changes(schema, [], good))
        {
            var root = JsonSerializer.SerializeToNode(good)!;
            if (change(root))
            {
                yield return JsonSerializer.SerializeToElement(root);
            }
        }
    }

    private static IEnumerable<Func<JsonNode, bool>> Changes(JsonElement schema, IReadOnlyList<object> path, JsonElement good)
    {
        if (path.Count > MostDepth)
        {
            yield break;
        }

        if (schema.TryGetProperty("properties", out var members))
        {
            foreach (var member in members.EnumerateObject())
            {
                object[] at = [.. path, member.Name];
                yield return root => Remove(root, at);
                foreach (var value in Values(member.Value))
                {
                    yield return root => Set(root, at, value);
                }

                if (good.ValueKind == JsonValueKind.Object && good.TryGetProperty(member.Name, out var inner))
                {
                    foreach (var change in Changes(member.Value, at, inner))
                    {
                        yield return change;
                    }
                }
            }
        }

        if (schema.TryGetProperty("items", out var items) && good.ValueKind == JsonValueKind.Array && good.GetArrayLength() > 0)
        {
            object[] at = [.. path, 0];
            yield return root => Set(root, at, "null");
            foreach (var value in Values(items))
            {
                yield return root => Set(root, at, value);
            }

            foreach (var change in Changes(items, at, good[0]))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<string> Values(JsonElement schema)
    {
        yield return "null";
        var type = !schema.TryGetProperty("type", out var said) ? "" : said.ValueKind == JsonValueKind.Array ? said[0].GetString() : said.GetString();
        foreach (var value in type switch { "number" => Numbers, "integer" => Whole, "string" => Texts, "array" => Lists, "boolean" => ["\"yes\"", "1"], "object" => Objects, _ => (string[])["{}", "[]", "\"x\"", "1"] })
        {
            yield return value;
        }

        if (type == "string")
        {
            yield return $"\"{new string('长', LongText)}\"";
        }
    }

    private static bool Remove(JsonNode root, IReadOnlyList<object> path) =>
        Find(root, path) is JsonObject parent && parent.Remove((string)path[^1]);

    private static bool Set(JsonNode root, IReadOnlyList<object> path, string value)
    {
        switch (Find(root, path), path[^1])
        {
            case (JsonObject members, string name):
                members[name] = JsonNode.Parse(value);
                return true;
            case (JsonArray items, int index) when items.Count > index:
                items[index] = JsonNode.Parse(value);
                return true;
            default:
                return false;
        }
    }

    // The parent of the last part.
    private static JsonNode? Find(JsonNode root, IReadOnlyList<object> path)
    {
        JsonNode? node = root;
        foreach (var part in path.SkipLast(1))
        {
            node = (node, part) switch
            {
                (JsonObject members, string name) => members[name],
                (JsonArray items, int index) when items.Count > index => items[index],
                _ => null,
            };
        }

        return node;
    }
}
