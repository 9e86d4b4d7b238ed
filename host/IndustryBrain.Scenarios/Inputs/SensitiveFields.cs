using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Scenarios.Inputs;

/// <summary>
/// What a component takes and gives without the members that its schemas mark as nobody's to read: <c>writeOnly</c>, <c>format: password</c> or
/// <c>x-editor: password</c>. So it is reported; the component itself is given all.
/// </summary>
internal static class SensitiveFields
{
    private const string Mask = "***";
    private const int MaxDepth = 64;
    private static readonly ConditionalWeakTable<ComponentDescriptor, Marks> Known = [];

    public static JsonElement MaskInput(ComponentDescriptor component, JsonElement input) =>
        Known.GetValue(component, Marks.Of).HasInput ? Masked(component.Input, input) : input;

    public static JsonElement MaskOutput(ComponentDescriptor component, JsonElement output) =>
        Known.GetValue(component, Marks.Of).HasOutput ? Masked(component.Output, output) : output;

    private static JsonElement Masked(JsonElement schema, JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, schema, [schema], value, 0);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, JsonElement root, IReadOnlyList<JsonElement> schemas, JsonElement value, int depth)
    {
        List<JsonElement> all = [.. schemas];
        for (var i = 0; i < all.Count && all.Count < MaxDepth; i++)
            all.AddRange(Applied(root, all[i]));
        if (value.ValueKind != JsonValueKind.Null && (depth > MaxDepth || all.Exists(IsSensitive)))
            json.WriteStringValue(Mask);
        else if (value.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                Write(json, root, [.. all.Select(s => Of(s, member.Name)).OfType<JsonElement>()], member.Value, depth + 1);
            }

            json.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            List<JsonElement> items = [.. all.Where(s => s.ValueKind == JsonValueKind.Object && s.TryGetProperty("items", out _)).Select(s => s.GetProperty("items"))];
            json.WriteStartArray();
            foreach (var item in value.EnumerateArray())
                Write(json, root, items, item, depth + 1);
            json.WriteEndArray();
        }
        else
        {
            value.WriteTo(json);
        }
    }

    // Whatever of several alternatives holds: what one of them marks is kept back.
    private static IEnumerable<JsonElement> Applied(JsonElement root, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            yield break;
        if (schema.TryGetProperty("$ref", out var reference) && SchemaReference.Resolve(root, reference) is { } target)
            yield return target;
        foreach (var name in (string[])["allOf", "anyOf", "oneOf"])
        {
            if (schema.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array)
            {
                foreach (var part in parts.EnumerateArray())
                    yield return part;
            }
        }

        foreach (var name in (string[])["then", "else"])
        {
            if (schema.TryGetProperty(name, out var part))
                yield return part;
        }
    }

    private static JsonElement? Of(JsonElement schema, string member) =>
        schema.ValueKind != JsonValueKind.Object ? null
        : schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member, out var named) ? named
        : schema.TryGetProperty("additionalProperties", out var others) ? others : null;

    private static bool IsSensitive(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && ((schema.TryGetProperty("writeOnly", out var writeOnly) && writeOnly.ValueKind == JsonValueKind.True) || Says(schema, "format") || Says(schema, "x-editor"));

    private static bool Says(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals("password"u8);

    private sealed record Marks(bool HasInput, bool HasOutput)
    {
        public static Marks Of(ComponentDescriptor component) => new(Has(component.Input), Has(component.Output));

        private static bool Has(JsonElement schema) => schema.ValueKind switch
        {
            JsonValueKind.Object => IsSensitive(schema) || schema.EnumerateObject().Any(m => Has(m.Value)),
            JsonValueKind.Array => schema.EnumerateArray().Any(Has),
            _ => false,
        };
    }
}
