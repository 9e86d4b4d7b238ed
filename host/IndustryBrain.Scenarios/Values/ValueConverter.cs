using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Scenarios.Values;

/// <summary>Converts values as Elsa does without strict mode: what cannot convert becomes the type's default, a few cases fault.</summary>
internal static class ValueConverter
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Converts; null stays null.</summary>
    /// <exception cref="ConversionException">A number that does not fit, or JSON text of another shape.</exception>
    public static object? Convert(object? value, TypeRef type)
    {
        if (value is null || type.Kind is ValueKind.Object or ValueKind.Other)
            return value;
        if (value is JsonElement json)
            return FromJson(json, type);
        if (value is string text && LooksLikeJson(text))
        {
            if (type.Kind is ValueKind.List or ValueKind.JsonObject or ValueKind.JsonAny)
                return FromJson(Parse(text, type), type);
            if (type.Kind is ValueKind.Decimal or ValueKind.Guid or ValueKind.DateTime or ValueKind.DateTimeOffset or ValueKind.TimeSpan or ValueKind.Bytes)
                throw new ConversionException(new($"JSON 文本不能读成 {type.Kind}。", $"JSON text does not read as {type.Kind}."));
        }

        return type.Kind switch
        {
            ValueKind.String => ToText(value),
            ValueKind.Boolean => value switch { bool b => b, string s => bool.TryParse(s, out var b) && b, _ when TryNumber(value, out var n) => n != 0, _ => type.Default },
            ValueKind.Int16 => ToInteger(value, type, short.MinValue, short.MaxValue) is { } n ? (int)n : type.Default,
            ValueKind.Int32 => ToInteger(value, type, int.MinValue, int.MaxValue) is { } n ? (int)n : type.Default,
            ValueKind.Int64 => ToInteger(value, type, long.MinValue, long.MaxValue) is { } n ? n : type.Default,
            ValueKind.Single => ToDouble(value) is { } n ? (double)(float)n : type.Default,
            ValueKind.Double => ToDouble(value) is { } n ? n : type.Default,
            ValueKind.Decimal => ToDecimal(value, type),
            ValueKind.Guid => value is Guid g ? g : value is string s && Guid.TryParse(s, out var id) ? id : type.Default,
            ValueKind.DateTimeOffset => ToDate(value) ?? type.Default,
            ValueKind.DateTime => value is DateTime ? value : ToDate(value) is { } d ? d.UtcDateTime : type.Default,
            ValueKind.TimeSpan => value is TimeSpan ? value : value is string s && TimeSpan.TryParse(s, Invariant, out var span) ? span : type.Default,
            ValueKind.Bytes => value is byte[]? value : value is string s ? FromBase64(s) : null,
            ValueKind.List => ToList(value, type),
            ValueKind.JsonAny => ValueJson.ToElement(value),
            _ => null,
        };
    }

    /// <summary>The text of a value, culture-invariant; objects and arrays as compact JSON.</summary>
    public static string? ToText(object? value) => value switch
    {
        null => null,
        string s => s,
        bool b => b ? "True" : "False",
        double d => d.ToString(Invariant),
        byte[] bytes => System.Convert.ToBase64String(bytes),
        JsonElement { ValueKind: JsonValueKind.String } e => e.GetString(),
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        JsonElement { ValueKind: JsonValueKind.True } => "True",
        JsonElement { ValueKind: JsonValueKind.False } => "False",
        JsonElement e => ValueJson.Compact(e),
        IFormattable f => f.ToString(null, Invariant),
        _ => value.ToString(),
    };

    /// <summary>True for a value that a condition takes as true.</summary>
    public static bool ToBoolean(object? value) => Convert(value, TypeRef.Boolean) is true;

    /// <summary>One item of a collection as ForEach walks it, without making the others.</summary>
    public static bool TryGetItem(object? value, int index, out object? item, out bool isCollection)
    {
        if (value is string text && LooksLikeJson(text))
            value = Parse(text, TypeRef.ObjectList);
        item = null;
        isCollection = true;
        switch (value)
        {
            case string characters:
                item = index < characters.Length ? characters[index].ToString() : null;
                return index < characters.Length;
            case byte[] bytes:
                item = index < bytes.Length ? (int)bytes[index] : null;
                return index < bytes.Length;
            case JsonElement { ValueKind: JsonValueKind.Array } array:
                item = index < array.GetArrayLength() ? ValueJson.FromElement(array[index]) : null;
                return index < array.GetArrayLength();
            case JsonElement { ValueKind: JsonValueKind.Object } o:
                var member = o.EnumerateObject().Skip(index).Select(static p => (JsonProperty?)p).FirstOrDefault();
                item = member is { } found ? ValueJson.Pair(found) : null;
                return member is not null;
            default:
                isCollection = false;
                return false;
        }
    }

    /// <summary>The items of a collection as ParallelForEach walks them; null when the value is none.</summary>
    public static IReadOnlyList<object?>? ToItems(object? value)
    {
        if (value is string text)
        {
            if (!LooksLikeJson(text))
                return [.. text.Select(c => (object?)c.ToString())];
            value = Parse(text, TypeRef.ObjectList);
        }

        return value switch
        {
            JsonElement { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(ValueJson.FromElement)],
            JsonElement { ValueKind: JsonValueKind.Object } o => [.. o.EnumerateObject().Select(p => (object?)ValueJson.Pair(p))],
            byte[] bytes => [.. bytes.Select(b => (object?)(int)b)],
            _ => null,
        };
    }

    private static bool LooksLikeJson(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        return trimmed.Length > 0 && trimmed[0] is '{' or '[';
    }

    private static JsonElement Parse(string text, TypeRef type)
    {
        try
        {
            return ValueJson.Parse(text);
        }
        catch (JsonException)
        {
            throw new ConversionException(new($"文本不是能读成 {type.Kind} 的 JSON。", $"The text is not JSON that reads as {type.Kind}."));
        }
    }

    private static object? FromJson(JsonElement json, TypeRef type)
    {
        if (type.Kind == ValueKind.JsonAny)
            return json;
        switch (json.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return type.Default;
            case JsonValueKind.String:
                return Convert(json.GetString(), type);
            case JsonValueKind.Object:
                return type.Kind switch
                {
                    ValueKind.JsonObject => json,
                    ValueKind.String => ValueJson.Compact(json),
                    ValueKind.List => throw new ConversionException(new("JSON 对象不能读成列表。", "A JSON object does not read as a list.")),
                    _ => type.Default,
                };
            case JsonValueKind.Array:
                return type.Kind switch
                {
                    ValueKind.JsonObject => json,
                    ValueKind.String => ValueJson.Compact(json),
                    ValueKind.List => type.Element!.Kind is ValueKind.Object ? json : ValueJson.Array(json.EnumerateArray().Select(e => Convert(ValueJson.FromElement(e), type.Element))),
                    _ => type.Default,
                };
            default:
                return FromJsonScalar(json, type);
        }
    }

    // A number that is held as JSON is deserialised, not converted: no rounding.
    private static object? FromJsonScalar(JsonElement json, TypeRef type)
    {
        var isNumber = json.ValueKind == JsonValueKind.Number;
        if (isNumber && type.Kind is ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64)
        {
            if (!json.TryGetInt64(out _))
                throw new ConversionException(new($"JSON 数值 {json.GetRawText()} 不能读成 {type.Kind}。", $"The JSON number {json.GetRawText()} does not read as {type.Kind}."));
        }

        return Convert(isNumber ? Number(json) : json.ValueKind == JsonValueKind.True, type);
    }

    private static object Number(JsonElement json) => json.TryGetInt32(out var i) ? i : json.TryGetInt64(out var l) ? l : json.GetDouble();

    private static bool TryNumber(object value, out double number)
    {
        double? found = value switch { int i => i, long l => l, double d => d, decimal m => (double)m, bool b => b ? 1 : 0, _ => null };
        number = found ?? 0;
        return found is not null;
    }

    private static long? ToInteger(object value, TypeRef type, long min, long max)
    {
        switch (value)
        {
            case int i:
                return Check(i);
            case long l:
                return Check(l);
            case bool b:
                return b ? 1 : 0;
            case double d:
                var rounded = Math.Round(d, MidpointRounding.ToEven);
                // 2^63 itself is a double but no long.
                return rounded >= min && rounded <= max && rounded < 9.2233720368547758E18 ? (long)rounded : throw Overflow();
            case decimal m:
                var even = Math.Round(m, MidpointRounding.ToEven);
                return even >= min && even <= max ? (long)even : throw Overflow();
            case string s:
                return long.TryParse(s, NumberStyles.Integer, Invariant, out var parsed) && parsed >= min && parsed <= max ? parsed : null;
            default:
                return null;
        }

        long Check(long n) => n >= min && n <= max ? n : throw Overflow();
        ConversionException Overflow() => OutOfRange(value, type);
    }

    private static ConversionException OutOfRange(object number, TypeRef type) =>
        new(new($"数值 {ToText(number)} 超出 {type.Kind} 的范围。", $"The number {ToText(number)} does not fit into {type.Kind}."));

    private static double? ToDouble(object value) =>
        TryNumber(value, out var n) ? n : value is string s && double.TryParse(s, NumberStyles.Float | NumberStyles.AllowThousands, Invariant, out n) ? n : null;

    private static object? ToDecimal(object value, TypeRef type)
    {
        switch (value)
        {
            case decimal:
                return value;
            case int i:
                return (decimal)i;
            case long l:
                return (decimal)l;
            case bool b:
                return b ? 1m : 0m;
            case double d:
                // The bounds are exclusive: decimal.MaxValue rounds up as a double.
                return double.IsFinite(d) && Math.Abs(d) < 7.9228162514264338E28 ? (decimal)d : throw OutOfRange(d, type);
            case string s:
                return decimal.TryParse(s, NumberStyles.Number, Invariant, out var parsed) ? parsed : type.Default;
            default:
                return type.Default;
        }
    }

    private static DateTimeOffset? ToDate(object value) => value switch
    {
        DateTimeOffset d => d,
        DateTime d => d.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(d, TimeSpan.Zero) : new DateTimeOffset(d),
        string s when DateTimeOffset.TryParse(s, Invariant, DateTimeStyles.AssumeUniversal, out var d) => d,
        _ => null,
    };

    private static byte[]? FromBase64(string text)
    {
        var buffer = new byte[(text.Length / 4 * 3) + 3];
        return System.Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : null;
    }

    private static object? ToList(object value, TypeRef type) => (value, type.Element!.Kind) switch
    {
        (string s, ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64) => ValueJson.Array(s.Select(c => (object?)(int)c)),
        (string s, ValueKind.String or ValueKind.Object) => ValueJson.Array([s]),
        (byte[] b, _) => ValueJson.Array(b.Select(x => (object?)(int)x)),
        _ => null,
    };
}
