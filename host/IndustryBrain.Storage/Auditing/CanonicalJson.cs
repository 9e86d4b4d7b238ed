using System.Buffers;
using System.Globalization;
using System.Text;

namespace IndustryBrain.Storage.Auditing;

/// <summary>Canonical form IBA1: JSON with ordinally sorted keys, no blanks, UTF-8, NFC, strings and integers up to 2^53 only, null omitted, the fewest escapes. Lone surrogates are refused.</summary>
public static class CanonicalJson
{
    private const long LargestInteger = 1L << 53;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes an object of texts, whole numbers and objects.</summary>
    /// <exception cref="EncoderFallbackException">A text holds a lone surrogate.</exception>
    /// <exception cref="ArgumentException">A value has no canonical form.</exception>
    public static byte[] Write(SortedDictionary<string, object?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        WriteObject(text, value);
        return Utf8.GetBytes(text.ToString());
    }

    private static void WriteObject(StringBuilder text, SortedDictionary<string, object?> value)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, member) in value)
        {
            if (member is null)
            {
                continue;
            }

            if (!first)
            {
                text.Append(',');
            }

            first = false;
            WriteString(text, key);
            text.Append(':');
            WriteValue(text, member);
        }

        text.Append('}');
    }

    private static void WriteValue(StringBuilder text, object value)
    {
        switch (value)
        {
            case string s:
                WriteString(text, s);
                break;
            case long n when n is <= LargestInteger and >= -LargestInteger:
                text.Append(n.ToString(CultureInfo.InvariantCulture));
                break;
            case SortedDictionary<string, object?> o:
                WriteObject(text, o);
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} has no canonical form.", nameof(value));
        }
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in Normalize(value))
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\t': text.Append("\\t"); break;
                case '\n': text.Append("\\n"); break;
                case '\f': text.Append("\\f"); break;
                case '\r': text.Append("\\r"); break;
                case < ' ': text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }

    private static string Normalize(string value)
    {
        // Normalising a lone surrogate throws another exception than encoding it: judge first.
        _ = Utf8.GetByteCount(value);
        return value.Normalize(NormalizationForm.FormC);
    }
}
