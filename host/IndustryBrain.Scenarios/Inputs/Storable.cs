using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Inputs;

/// <summary>
/// What the database keeps, and what it refuses: U+0000, half of a surrogate pair, and nesting that could not be read back.
/// Whatever enters a run's journal passes here, so that a run is never found unstorable only by the database.
/// </summary>
public static class Storable
{
    /// <summary>Levels of nesting of one value.</summary>
    public const int MaxDepth = 48;

    private const char Replacement = '\uFFFD';

    /// <summary>Judges a text.</summary>
    public static bool Fits(string? text)
    {
        if (text is null)
            return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
                return false;
            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
                return false;
        }

        return true;
    }

    /// <summary>A name, an id or a text to look for, composed (Unicode NFC): what reads the same is the same. What is no text stays as it is.</summary>
    public static string Composed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Fits(text) ? text.Normalize(NormalizationForm.FormC) : text;
    }

    /// <summary>Judges a value with its members' names.</summary>
    public static bool Fits(JsonElement value, int depth = MaxDepth) => value.ValueKind == JsonValueKind.Undefined || Fits(JsonMarshal.GetRawUtf8Value(value)) && !IsTooDeep(value, depth);

    /// <summary>True when a value nests deeper than an event that carries it can be read back.</summary>
    public static bool IsTooDeep(JsonElement value, int depth = MaxDepth)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return false;
        var json = JsonMarshal.GetRawUtf8Value(value);
        if (json.Count((byte)'[') + json.Count((byte)'{') <= depth)
            return false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
        while (reader.Read())
        {
            if (reader.CurrentDepth >= depth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                return true;
        }

        return false;
    }

    /// <summary>Judges JSON text: names and values alike.</summary>
    public static bool Fits(ReadOnlySpan<byte> json)
    {
        if (json.Contains((byte)0) || !Utf8.IsValid(json))
            return false;
        var at = 0;
        return Next(json, ref at) < 0;
    }

    /// <summary>The text with U+FFFD in place of what is not kept.</summary>
    public static string? Clean(string? text)
    {
        if (text is null || Fits(text))
            return text;
        var clean = text.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            if (char.IsHighSurrogate(clean[i]) && i + 1 < clean.Length && char.IsLowSurrogate(clean[i + 1]))
                i++;
            else if (clean[i] == '\0' || char.IsSurrogate(clean[i]))
                clean[i] = Replacement;
        }

        return new(clean);
    }

    /// <summary>The value with U+FFFD in place of what is not kept; null when it nests too deep.</summary>
    public static JsonElement Clean(JsonElement value, int depth = MaxDepth)
    {
        if (IsTooDeep(value, depth))
            return JsonElement.Parse("null");
        if (Fits(value, depth))
            return value;
        var json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)));
        for (var at = 0; Next(json, ref at) is >= 0 and var escape; at = escape + 6)
            "\\ufffd"u8.CopyTo(json.AsSpan(escape));
        return JsonElement.Parse(json);
    }

    /// <summary>Both texts, cleaned.</summary>
    public static LocalizedText? Clean(LocalizedText? text) => text is null ? null : new(Clean(text.Zh)!, Clean(text.En)!);

    /// <summary>The failure with its texts cleaned.</summary>
    public static Failure Clean(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new(Clean(failure.Code)!, Clean(failure.Message)!)
        {
            Where = Clean(failure.Where),
            Action = Clean(failure.Action),
            IsTransient = failure.IsTransient,
        };
    }

    /// <summary>The next escape that stands for a character that is not kept, from <paramref name="at"/> on; -1 when there is none. JSON has backslashes in texts only.</summary>
    private static int Next(ReadOnlySpan<byte> json, ref int at)
    {
        while (json[at..].IndexOf((byte)'\\') is >= 0 and var offset)
        {
            var escape = at + offset;
            at = escape + 2;
            if (escape + 6 > json.Length || json[escape + 1] != 'u')
            {
                at = Math.Min(at, json.Length);
                continue;
            }

            var unit = Unit(json, escape);
            at = escape + 6;
            if (char.IsHighSurrogate(unit) && at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u' && char.IsLowSurrogate(Unit(json, at)))
                at += 6;
            else if (unit == '\0' || char.IsSurrogate(unit))
                return escape;
        }

        return -1;
    }

    /// <summary>The code unit of an escape; what is no escape at all stands for nothing that is refused.</summary>
    private static char Unit(ReadOnlySpan<byte> json, int escape) =>
        ushort.TryParse(json.Slice(escape + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit) ? (char)unit : '?';
}
