using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Inputs;

/// <summary>
/// Checks a run's input against the part of JSON Schema 2020-12 that definitions use, and names the first member that does not fit, with the common refusals IB7101, IB7102, IB7105, IB7106 and IB7108.
/// </summary>
internal static class SchemaCheck
{
    private const int MaxDepth = 64;
    private static readonly LocalizedText Listed = new("列出的值之一", "one of the listed values");

    public static Failure? Check(JsonElement schema, JsonElement value) => Check(schema, value, "", 0);

    private static Failure? Check(JsonElement schema, JsonElement value, string where, int depth)
    {
        if (schema.ValueKind == JsonValueKind.False)
            return Refusals.Type(Name(where), value.GetRawText(), new("不存在", "absent"));
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
            return null;
        if (Types(schema) is { Length: > 0 } types && !types.Any(t => Fits(t, value)))
            return Refusals.Type(Name(where), Shown(value), Expected(schema, types));
        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
            return Refusals.Type(Name(where), Shown(value), Listed);
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            return Refusals.Type(Name(where), Shown(value), LocalizedText.Same(constant.GetRawText()));
        return Alternatives(schema, value, where, depth) ?? value.ValueKind switch
        {
            JsonValueKind.Object => Members(schema, value, where, depth),
            JsonValueKind.Array => Items(schema, value, where, depth),
            JsonValueKind.Number => Number(schema, value, where),
            JsonValueKind.String => Text(schema, value, where),
            _ => null,
        };
    }

    private static Failure? Alternatives(JsonElement schema, JsonElement value, string where, int depth)
    {
        if (schema.TryGetProperty("allOf", out var all) && all.ValueKind == JsonValueKind.Array)
        {
            foreach (var part in all.EnumerateArray())
            {
                if (Check(part, value, where, depth + 1) is { } failure)
                    return failure;
            }
        }

        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (!schema.TryGetProperty(keyword, out var parts) || parts.ValueKind != JsonValueKind.Array || parts.GetArrayLength() == 0)
                continue;
            var failures = parts.EnumerateArray().Select(p => Check(p, value, where, depth + 1)).ToArray();
            if (failures.All(f => f is not null))
                return failures[0];
        }

        return null;
    }

    private static Failure? Members(JsonElement schema, JsonElement value, string where, int depth)
    {
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray())
            {
                if (name.GetString() is { } missing && (!value.TryGetProperty(missing, out var found) || found.ValueKind == JsonValueKind.Null && !AllowsNull(schema, missing)))
                    return Refusals.Missing(Join(where, missing));
            }
        }

        var properties = schema.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object ? p : default;
        var others = schema.TryGetProperty("additionalProperties", out var o) ? o : default;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var known))
            {
                // An optional member that is null counts as not given.
                if (member.Value.ValueKind != JsonValueKind.Null && Check(known, member.Value, Join(where, member.Name), depth + 1) is { } failure)
                    return failure;
            }
            else if (others.ValueKind == JsonValueKind.False)
            {
                return RuntimeFailures.UnknownMember(Join(where, member.Name));
            }
            else if (Check(others, member.Value, Join(where, member.Name), depth + 1) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static bool AllowsNull(JsonElement schema, string member) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member, out var known) && Types(known).Contains("null");

    private static Failure? Items(JsonElement schema, JsonElement value, string where, int depth)
    {
        var length = value.GetArrayLength();
        if (Integer(schema, "minItems") is { } least && length < least)
            return Refusals.Few(Name(where), length, (int)least);
        if (Integer(schema, "maxItems") is { } most && length > most)
            return Refusals.Limit(Name(where), new($"「{Name(where)}」有 {length} 个值，最多 {most} 个。", $"“{Name(where)}” has {length} values; at most {most} are allowed."));
        if (!schema.TryGetProperty("items", out var items))
            return null;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Check(items, item, string.Create(CultureInfo.InvariantCulture, $"{where}[{index}]"), depth + 1) is { } failure)
                return failure;
            index++;
        }

        return null;
    }

    private static Failure? Number(JsonElement schema, JsonElement value, string where)
    {
        var number = value.GetDouble();
        if (!double.IsFinite(number))
            return Refusals.NotANumber(Name(where));
        if (Limit(schema, "minimum") is { } least && number < least)
            return Refusals.Range(Name(where), number, $"≥ {least.ToString("R", CultureInfo.InvariantCulture)}");
        if (Limit(schema, "maximum") is { } most && number > most)
            return Refusals.Range(Name(where), number, $"≤ {most.ToString("R", CultureInfo.InvariantCulture)}");
        if (Limit(schema, "exclusiveMinimum") is { } above && number <= above)
            return Refusals.Range(Name(where), number, $"> {above.ToString("R", CultureInfo.InvariantCulture)}");
        if (Limit(schema, "exclusiveMaximum") is { } below && number >= below)
            return Refusals.Range(Name(where), number, $"< {below.ToString("R", CultureInfo.InvariantCulture)}");
        return null;
    }

    private static Failure? Text(JsonElement schema, JsonElement value, string where)
    {
        var text = value.GetString()!;
        if (Integer(schema, "minLength") is { } least && text.Length < least)
            return Refusals.Few(Name(where), text.Length, (int)least);
        if (Integer(schema, "maxLength") is { } most && text.Length > most)
            return Refusals.Limit(Name(where), new($"「{Name(where)}」有 {text.Length} 个字符，最多 {most} 个。", $"“{Name(where)}” has {text.Length} characters; at most {most} are allowed."));
        if (schema.TryGetProperty("pattern", out var pattern) && pattern.GetString() is { Length: <= 512 } expression && !Matches(expression, text))
            return Refusals.Type(Name(where), text, new($"符合 {expression} 的文本", $"text that matches {expression}"));
        return schema.TryGetProperty("format", out var format) ? format.GetString() switch
        {
            "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => Refusals.Type(Name(where), text, new("日期（如 2026-01-31）", "a date such as 2026-01-31")),
            "date-time" when !value.TryGetDateTimeOffset(out _) => Refusals.Type(Name(where), text, new("日期时间（如 2026-01-31T08:30:00Z）", "a date and time such as 2026-01-31T08:30:00Z")),
            "uuid" when !value.TryGetGuid(out _) => Refusals.Type(Name(where), text, new("标识（UUID）", "an identifier (UUID)")),
            _ => null,
        } : null;
    }

    private static bool Matches(string expression, string text)
    {
        try
        {
            return Regex.IsMatch(text, expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string[] Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString() ?? "")]
        : [];

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var d) && Math.Floor(d) == d,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static LocalizedText Expected(JsonElement schema, string[] types) => types[0] switch
    {
        "object" when schema.TryGetProperty("format", out var f) && f.GetString() == "file" => new("文件 {\"file\":ID}", "a file {\"file\":ID}"),
        "object" => new("对象", "an object"),
        "array" => new("列表", "a list"),
        "string" => new("文本", "text"),
        "number" => new("数值", "a number"),
        "integer" => new("整数", "a whole number"),
        "boolean" => new("是或否", "true or false"),
        _ => LocalizedText.Same(types[0]),
    };

    private static double? Limit(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var v) && v.ValueKind == JsonValueKind.Number ? v.GetDouble() : null;

    private static long? Integer(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var v) && v.ValueKind == JsonValueKind.Number && v.TryGetInt64(out var i) ? i : null;

    private static string Shown(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString()!;
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return raw.Length <= 200 ? System.Text.Encoding.UTF8.GetString(raw) : value.ValueKind.ToString();
    }

    private static string Name(string where) => where.Length == 0 ? "input" : where;

    private static string Join(string where, string name) => where.Length == 0 ? name : $"{where}.{name}";
}
