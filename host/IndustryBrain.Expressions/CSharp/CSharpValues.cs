using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Values of a run and of C#: scalars as they are, objects and arrays as JSON nodes of the source's own.</summary>
internal static class CSharpValues
{
    private const int MaxDepth = 64;

    public static object? To(object? value) => value switch
    {
        byte[] bytes => (byte[])bytes.Clone(),
        JsonElement { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        JsonElement { ValueKind: JsonValueKind.Object } json => JsonObject.Create(json.Clone()),
        JsonElement { ValueKind: JsonValueKind.Array } json => JsonArray.Create(json.Clone()),
        JsonElement json => JsonValue.Create(json.Clone()),
        _ => value,
    };

    public static T? To<T>(object? value) => To(value, typeof(T)) is T t ? t : default;

    /// <summary>A value as JSON or scalar that a run can hold.</summary>
    /// <exception cref="FormatException">It cannot be written as JSON.</exception>
    public static object? From(object? value, ExpressionLimits limits)
    {
        switch (value)
        {
            case null or bool or int or long or double or decimal or DateTime or DateTimeOffset or TimeSpan or Guid or byte[]:
                return value;
            case string text:
                return text.Length <= limits.MaxElements ? text : throw new TextTooLongException();
            case sbyte or byte or short or ushort:
                return Convert.ToInt32(value, CultureInfo.InvariantCulture);
            case uint:
                return (long)(uint)value;
            case ulong number:
                return (decimal)number;
            case float number:
                return (double)number;
            case char c:
                return c.ToString();
            case JsonElement { ValueKind: JsonValueKind.String } json:
                return json.GetString();
            case JsonElement { ValueKind: JsonValueKind.Undefined }:
                return null;
        }

        var count = 0;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, value, 0, ref count, limits.MaxElements);
        using var document = JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), new JsonDocumentOptions { MaxDepth = MaxDepth });
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.Object or JsonValueKind.Array => root.Clone(),
            JsonValueKind.String => root.GetString(),
            JsonValueKind.Number => root.TryGetInt32(out var i) ? i : root.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
    }

    private static object? To(object? value, Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null || target.IsInstanceOfType(value))
            return value;
        if (value is JsonNode node)
        {
            if (target == typeof(JsonElement))
                return JsonElement.Parse(node.ToJsonString());
            if (value is JsonArray array && ElementOf(target) is { } element)
                return Collection(array.Select(i => To(i, element)), array.Count, element, target.IsArray);
            if (value is JsonValue scalar && scalar.TryGetValue<JsonElement>(out var json))
                return To(Scalar(json), type);
            return null;
        }

        if (value is IEnumerable items and not string && ElementOf(target) is { } of)
        {
            var list = items.Cast<object?>().ToList();
            return Collection(list.Select(i => To(i, of)), list.Count, of, target.IsArray);
        }

        try
        {
            return target == typeof(string) ? (value is IFormattable f ? f.ToString(null, CultureInfo.InvariantCulture) : value.ToString())
                : target == typeof(Guid) ? Guid.Parse((string)value)
                : target == typeof(DateTimeOffset) ? (value is DateTime d ? new DateTimeOffset(DateTime.SpecifyKind(d, DateTimeKind.Utc)) : DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture))
                : target == typeof(TimeSpan) ? TimeSpan.Parse((string)value, CultureInfo.InvariantCulture)
                : Convert.ChangeType(value, target, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException($"A value of type {value.GetType().Name} is no {target.Name}.");
        }
    }

    private static object? Scalar(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt32(out var i) ? i : json.TryGetInt64(out var l) ? l : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static Type? ElementOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is { } of && (of == typeof(List<>) || of == typeof(IEnumerable<>) || of == typeof(IList<>) || of == typeof(IReadOnlyList<>)) ? type.GetGenericArguments()[0]
        : null;

    private static IList Collection(IEnumerable<object?> items, int count, Type element, bool isArray)
    {
        var array = Array.CreateInstance(element, count);
        var i = 0;
        foreach (var item in items)
            array.SetValue(item, i++);
        return isArray ? array : (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element), array)!;
    }

    private static void Write(Utf8JsonWriter json, object? value, int depth, ref int count, int limit)
    {
        if (++count > limit || json.BytesCommitted + json.BytesPending > 4L * limit)
            throw new TextTooLongException();
        if (depth >= MaxDepth)
            throw new FormatException("The value is cyclic, or nests too deep for JSON.");
        switch (value)
        {
            case null:
                json.WriteNullValue();
                return;
            case JsonNode node:
                node.WriteTo(json);
                return;
            case JsonElement element:
                element.WriteTo(json);
                return;
            case double number when !double.IsFinite(number):
                json.WriteNullValue();
                return;
            case double number:
                json.WriteNumberValue(number);
                return;
            case float number:
                json.WriteNumberValue(number);
                return;
            case decimal number:
                json.WriteNumberValue(number);
                return;
            case byte or sbyte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return;
            case ulong number:
                json.WriteNumberValue(number);
                return;
            case bool b:
                json.WriteBooleanValue(b);
                return;
            case string or char:
                json.WriteStringValue(value.ToString());
                return;
            case DateTime date:
                json.WriteStringValue(date);
                return;
            case DateTimeOffset date:
                json.WriteStringValue(date);
                return;
            case Guid or TimeSpan or DateOnly or TimeOnly:
                json.WriteStringValue(((IFormattable)value).ToString(value is DateOnly or TimeOnly ? "O" : null, CultureInfo.InvariantCulture));
                return;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                return;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
                    Write(json, entry.Value, depth + 1, ref count, limit);
                }

                json.WriteEndObject();
                return;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items)
                    Write(json, item, depth + 1, ref count, limit);
                json.WriteEndArray();
                return;
            default:
                WriteMembers(json, value, depth, ref count, limit);
                return;
        }
    }

    // Anonymous objects, tuples, and pairs and groups of LINQ: data of the source's own.
    private static void WriteMembers(Utf8JsonWriter json, object value, int depth, ref int count, int limit)
    {
        var type = value.GetType();
        if (value is Delegate or Exception or Type || !(type.Assembly.IsCollectible || type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) || type.Name.StartsWith("KeyValuePair`", StringComparison.Ordinal)))
            throw new FormatException($"A value of type {type.Name} cannot be written as JSON.");
        json.WriteStartObject();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            json.WritePropertyName(property.Name);
            Write(json, property.GetValue(value), depth + 1, ref count, limit);
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            json.WritePropertyName(field.Name);
            Write(json, field.GetValue(value), depth + 1, ref count, limit);
        }

        json.WriteEndObject();
    }
}
