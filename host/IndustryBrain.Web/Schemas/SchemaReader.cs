using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Data;

namespace IndustryBrain.Web.Schemas;

internal sealed class SchemaReader(JsonElement root)
{
    private const int MaximumDepth = 16;

    internal SchemaNode Read() => Read("", root, required: true, depth: 0);

    private SchemaNode Read(string name, JsonElement schema, bool required, int depth)
    {
        var (body, nullable) = Resolve(schema);
        if (body.ValueKind != JsonValueKind.Object || depth > MaximumDepth) return new(name, SchemaKind.Any, LocalizedText.Same(name)) { IsRequired = required };
        var types = Types(body);
        nullable |= types.Contains("null");
        var item = body.TryGetProperty("items", out var items) ? Read("", items, required: true, depth + 1) : null;
        var choices = Choices(body);
        var kind = KindOf(body, types, item, choices);
        var example = FirstOf(Find(schema, body, "examples"));
        var english = Find(schema, body, "x-en") is { ValueKind: JsonValueKind.Object } words && words.TryGetProperty("examples", out var translated) ? FirstOf(translated) : null;
        var members = kind == SchemaKind.Object || (kind == SchemaKind.Any && types.Contains("object")) ? Members(body, depth) : [];
        return new(name, kind, Text(schema, body, "title") ?? LocalizedText.Same(name))
        {
            Description = Text(schema, body, "description"),
            Unit = String(schema, body, "x-unit"),
            IsRequired = required,
            IsNullable = nullable,
            Minimum = Number(schema, body, "minimum"),
            Maximum = Number(schema, body, "maximum"),
            ExclusiveMinimum = Number(schema, body, "exclusiveMinimum"),
            ExclusiveMaximum = Number(schema, body, "exclusiveMaximum"),
            MinimumLength = (int?)(Number(schema, body, "minItems") ?? Number(schema, body, "minLength")),
            MaximumLength = (int?)(Number(schema, body, "maxItems") ?? Number(schema, body, "maxLength")),
            Pattern = String(schema, body, "pattern"),
            Default = Find(schema, body, "default") is { ValueKind: not JsonValueKind.Null } value ? value : null,
            Example = example,
            EnglishExample = english ?? (example is { ValueKind: JsonValueKind.String } text && text.GetString()!.Any(c => c is >= '\u4e00' and <= '\u9fff') ? null : example),
            Choices = choices,
            Item = item,
            Members = members,
            OneOf = OneOf(body, members),
        };
    }

    private static JsonElement? FirstOf(JsonElement? examples) => examples is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : null;

    // "anyOf": [{"required": ["a"]}, {"required": ["b"]}], the usual way to ask for a or b.
    private static List<SchemaNode> OneOf(JsonElement body, List<SchemaNode> members)
    {
        if (!body.TryGetProperty("anyOf", out var branches) || branches.ValueKind != JsonValueKind.Array) return [];
        var asked = branches.EnumerateArray().Select(b =>
            b.ValueKind == JsonValueKind.Object && b.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array && names.GetArrayLength() == 1
                ? members.Find(m => m.Name == names[0].ToString()) : null).ToList();
        return asked.Contains(null) ? [] : [.. asked.OfType<SchemaNode>()];
    }

    private List<SchemaNode> Members(JsonElement body, int depth)
    {
        if (!body.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) return [];
        var required = body.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        return [.. properties.EnumerateObject().Select(p => Read(p.Name, p.Value, required.Contains(p.Name), depth + 1))];
    }

    private static SchemaKind KindOf(JsonElement body, IReadOnlyList<string> types, SchemaNode? item, IReadOnlyList<SchemaChoice> choices)
    {
        var format = body.TryGetProperty("format", out var f) && f.ValueKind == JsonValueKind.String ? f.GetString() : null;
        var kinds = types.Where(t => t != "null").ToList();
        if (format == "file") return SchemaKind.File;
        if (choices.Count > 0) return SchemaKind.Choice;
        // A number that may also be written as text (JsonNumberHandling) is still a number for a person.
        return kinds switch
        {
            // A flag that may also be something closer, such as a year, is offered as the flag.
            _ when kinds.Contains("boolean") && !kinds.Contains("string") => SchemaKind.Boolean,
            _ when kinds.Contains("integer") => SchemaKind.Integer,
            _ when kinds.Contains("number") => SchemaKind.Number,
            ["string"] => format == "date" ? SchemaKind.Date : SchemaKind.Text,
            ["array"] when item is { Kind: SchemaKind.Number or SchemaKind.Integer } => SchemaKind.Series,
            ["array"] when item is { Kind: SchemaKind.Text } => SchemaKind.Texts,
            ["array"] when item is { Kind: SchemaKind.Choice } => SchemaKind.Choices,
            ["array"] when item is { Kind: SchemaKind.Object, Members.Count: > 0 } && item.Members.All(m => m.IsScalar) => SchemaKind.Table,
            ["object"] when body.TryGetProperty("properties", out _) => SchemaKind.Object,
            [] when body.TryGetProperty("properties", out _) => SchemaKind.Object,
            _ => SchemaKind.Any,
        };
    }

    // Follows "$ref" inside the document and the one real branch of an anyOf/oneOf with null.
    private (JsonElement Body, bool Nullable) Resolve(JsonElement schema)
    {
        var nullable = false;
        for (var i = 0; i < MaximumDepth && schema.ValueKind == JsonValueKind.Object; i++)
        {
            if (schema.TryGetProperty("$ref", out var reference) && reference.GetString() is ['#', ..] pointer
                && JsonPointer.TryFind(root, Uri.UnescapeDataString(pointer[1..]), out var target))
            {
                schema = target;
                continue;
            }

            if (!schema.TryGetProperty("anyOf", out var branches) && !schema.TryGetProperty("oneOf", out branches)) break;
            var real = branches.EnumerateArray().Where(b => !(Types(b) is ["null"])).ToList();
            nullable |= real.Count < branches.GetArrayLength();
            if (real.Count != 1) break;
            schema = real[0];
        }

        return (schema, nullable);
    }

    private static List<string> Types(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type)) return [];
        return type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array => [.. type.EnumerateArray().Select(t => t.GetString() ?? "")],
            _ => [],
        };
    }

    private static List<SchemaChoice> Choices(JsonElement body)
    {
        var labels = new Dictionary<string, LocalizedText>(StringComparer.Ordinal);
        var order = new List<JsonElement>();
        if (body.TryGetProperty("x-enum", out var named) && named.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in named.EnumerateArray())
            {
                if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("value", out var value)) continue;
                var zh = entry.TryGetProperty("zh", out var z) ? z.GetString() : null;
                var en = entry.TryGetProperty("en", out var e) ? e.GetString() : null;
                labels[value.GetRawText()] = new(zh ?? en ?? value.ToString(), en ?? zh ?? value.ToString());
                order.Add(value);
            }
        }

        var values = body.TryGetProperty("enum", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : order;
        return [.. values.Where(v => v.ValueKind is not JsonValueKind.Null).Select(v => new SchemaChoice(v, labels.TryGetValue(v.GetRawText(), out var l) ? l : LocalizedText.Same(v.ToString())))];
    }

    // What stands beside a "$ref" goes before what it refers to.
    private static JsonElement? Find(JsonElement schema, JsonElement body, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var own) ? own
        : body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var referred) ? referred : null;

    private static string? String(JsonElement schema, JsonElement body, string name) =>
        Find(schema, body, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement schema, JsonElement body, string name) =>
        Find(schema, body, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static LocalizedText? Text(JsonElement schema, JsonElement body, string name)
    {
        var zh = String(schema, body, name);
        var en = Find(schema, body, "x-en") is { ValueKind: JsonValueKind.Object } english && english.TryGetProperty(name, out var e) ? e.GetString() : null;
        return string.IsNullOrEmpty(zh) && string.IsNullOrEmpty(en) ? null : new(zh is { Length: > 0 } ? zh : en!, en is { Length: > 0 } ? en : zh!);
    }
}
