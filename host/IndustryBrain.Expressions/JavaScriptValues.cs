using System.Globalization;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using JsonSerializer = Jint.Native.Json.JsonSerializer;

namespace IndustryBrain.Expressions;

/// <summary>Values of a run and of JavaScript: scalars one by one, objects and arrays as JSON.</summary>
internal static class JavaScriptValues
{
    public static JsValue To(Engine engine, object? value) => value switch
    {
        null => JsValue.Null,
        bool b => b ? JsBoolean.True : JsBoolean.False,
        int i => JsNumber.Create(i),
        long l => JsNumber.Create(l),
        double d => JsNumber.Create(d),
        decimal m => JsNumber.Create((double)m),
        string s => JsString.Create(s),
        DateTimeOffset d => JsValue.FromObject(engine, d.UtcDateTime),
        DateTime d => JsValue.FromObject(engine, d.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(d, DateTimeKind.Utc) : d),
        byte[] bytes => FromBytes(engine, bytes),
        JsonElement { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => JsValue.Null,
        JsonElement { ValueKind: JsonValueKind.String } json => JsString.Create(json.GetString()!),
        JsonElement json => new JsonParser(engine).Parse(json.GetRawText()),
        IFormattable f => JsString.Create(f.ToString(null, CultureInfo.InvariantCulture)),
        _ => JsValue.Undefined,
    };

    public static object? From(Engine engine, JsValue value)
    {
        if (value.IsNull() || value.IsUndefined() || value.IsSymbol())
            return null;
        if (value.IsBoolean())
            return value.AsBoolean();
        if (value.IsNumber())
            return value.AsNumber();
        if (value.IsString())
            return value.AsString();
        if (value is JsDate)
            return value.ToObject() is DateTime date ? date : null;
        BuiltInGuards.CheckJsonSize(value);
        var json = new JsonSerializer(engine).Serialize(value);
        if (!json.IsString())
            return null;
        using var document = JsonDocument.Parse(json.AsString(), new JsonDocumentOptions { MaxDepth = 64 });
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.Object or JsonValueKind.Array => root.Clone(),
            JsonValueKind.String => root.GetString(),
            JsonValueKind.Number => root.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
    }

    /// <summary>True when setting <paramref name="after"/> would change nothing.</summary>
    public static bool IsSame(object? before, object? after) => (before, after) switch
    {
        (null, null) => true,
        (int i, double d) => i == d,
        (long l, double d) => l == d,
        (JsonElement a, JsonElement b) => JsonElement.DeepEquals(a, b),
        (DateTimeOffset a, DateTime b) => a.UtcDateTime == b,
        (Guid or TimeSpan, string b) => ((IFormattable)before).ToString(null, CultureInfo.InvariantCulture) == b,
        (byte[] a, JsonElement { ValueKind: JsonValueKind.Array } b) => b.GetArrayLength() == a.Length && b.EnumerateArray().Select((e, i) => e.TryGetInt32(out var n) && n == a[i]).All(x => x),
        _ => Equals(before, after),
    };

    public static JsValue FromBytes(Engine engine, byte[] bytes) => new JsArray(engine, [.. bytes.Select(b => (JsValue)JsNumber.Create(b))]);

    public static byte[] ToBytes(JsValue value)
    {
        if (value is not JsArray array)
            return value.IsString() ? Convert.FromBase64String(value.AsString()) : [];
        var bytes = new byte[array.Length];
        for (uint i = 0; i < array.Length; i++)
            bytes[i] = array[i] is { } item && item.IsNumber() ? (byte)item.AsNumber() : (byte)0;
        return bytes;
    }
}
