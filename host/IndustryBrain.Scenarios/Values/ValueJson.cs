using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.Scenarios.Values;

/// <summary>
/// Values and JSON. Scalars are plain .NET values, objects and arrays are immutable <see cref="JsonElement"/>s:
/// nothing a run holds can be changed behind its back, and all of it can be saved.
/// </summary>
internal static class ValueJson
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonElement NullElement = Parse("null");

    public static JsonElement Null => NullElement;

    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text, Reading);
        return document.RootElement.Clone();
    }

    /// <summary>The value that a JSON element stands for: scalars plain, objects and arrays as they are.</summary>
    public static object? FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt32(out var i) ? i : element.TryGetInt64(out var l) ? l : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Object or JsonValueKind.Array => element,
        _ => null,
    };

    public static JsonElement ToElement(object? value)
    {
        if (value is null)
            return NullElement;
        return value is JsonElement element ? element.ValueKind == JsonValueKind.Undefined ? NullElement : element : Build(value, static (writer, v) => Write(writer, v));
    }

    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonElement { ValueKind: JsonValueKind.Object } e => JsonObject.Create(e),
        JsonElement { ValueKind: JsonValueKind.Array } e => JsonArray.Create(e),
        _ => JsonValue.Create(ToElement(value)),
    };

    public static JsonElement Array(IEnumerable<object?> items) => Build(items, static (writer, all) =>
    {
        writer.WriteStartArray();
        foreach (var item in all)
            Write(writer, item);
        writer.WriteEndArray();
    });

    public static JsonElement Object(IEnumerable<KeyValuePair<string, object?>> members) => Build(members, static (writer, all) =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in all)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    });

    public static JsonElement Pair(JsonProperty property) => Object([new("Key", property.Name), new("Value", property.Value)]);

    /// <summary>The element as JSON text without white space.</summary>
    public static string Compact(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a value as plain JSON; a number that is not finite becomes null.</summary>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string s:
                writer.WriteStringValue(s);
                break;
            case bool b:
                writer.WriteBooleanValue(b);
                break;
            case int i:
                writer.WriteNumberValue(i);
                break;
            case long l:
                writer.WriteNumberValue(l);
                break;
            case double d:
                if (double.IsFinite(d))
                    writer.WriteNumberValue(d);
                else
                    writer.WriteNullValue();
                break;
            case decimal m:
                writer.WriteNumberValue(m);
                break;
            case DateTimeOffset d:
                writer.WriteStringValue(d);
                break;
            case DateTime d:
                writer.WriteStringValue(d);
                break;
            case TimeSpan t:
                writer.WriteStringValue(t.ToString("c", CultureInfo.InvariantCulture));
                break;
            case Guid g:
                writer.WriteStringValue(g);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case JsonElement { ValueKind: JsonValueKind.Undefined }:
                writer.WriteNullValue();
                break;
            case JsonElement e:
                e.WriteTo(writer);
                break;
            default:
                throw new InvalidOperationException($"{value.GetType()} is no value of a run.");
        }
    }

    /// <summary>Writes a value so that <see cref="ReadTagged"/> gives the same type back.</summary>
    public static void WriteTagged(Utf8JsonWriter writer, object? value)
    {
        var tag = value switch
        {
            int => "i",
            long => "l",
            decimal => "m",
            DateTimeOffset => "o",
            DateTime => "t",
            TimeSpan => "s",
            Guid => "g",
            byte[] => "b",
            double d when !double.IsFinite(d) => "f",
            JsonElement => "j",
            string text when !IsWellFormed(text) => "u",
            _ => null,
        };
        if (tag is null)
        {
            Write(writer, value);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName(tag);
        switch (value)
        {
            case double d:
                writer.WriteStringValue(d.ToString(CultureInfo.InvariantCulture));
                break;
            case DateTime t:
                writer.WriteNumberValue(t.ToBinary());
                break;
            case string text:
                writer.WriteBase64StringValue(MemoryMarshal.AsBytes(text.AsSpan()));
                break;
            case JsonElement { ValueKind: not JsonValueKind.Undefined } json:
                // As it is: what it escapes need not be well-formed text.
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(json), skipInputValidation: true);
                break;
            default:
                Write(writer, value);
                break;
        }

        writer.WriteEndObject();
    }

    public static object? ReadTagged(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
            return element.GetDouble();
        if (element.ValueKind != JsonValueKind.Object)
            return FromElement(element);
        var member = element.EnumerateObject().First();
        var value = member.Value;
        return member.Name switch
        {
            "i" => value.GetInt32(),
            "l" => value.GetInt64(),
            "m" => value.GetDecimal(),
            "o" => value.GetDateTimeOffset(),
            "t" => DateTime.FromBinary(value.GetInt64()),
            "s" => TimeSpan.ParseExact(value.GetString()!, "c", CultureInfo.InvariantCulture),
            "g" => value.GetGuid(),
            "b" => value.GetBytesFromBase64(),
            "f" => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            "j" => value.Clone(),
            "u" => new string(MemoryMarshal.Cast<byte, char>(value.GetBytesFromBase64())),
            _ => throw new JsonException($"Unknown tag {member.Name}."),
        };
    }

    // Half of a surrogate pair is text to .NET, and none to JSON.
    private static bool IsWellFormed(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
                return false;
        }

        return true;
    }

    private static JsonElement Build<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            write(writer, state);
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = 256 });
        return JsonElement.ParseValue(ref reader);
    }
}
