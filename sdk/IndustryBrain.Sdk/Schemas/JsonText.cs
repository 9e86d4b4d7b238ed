using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IndustryBrain.Sdk.Schemas;

/// <summary>Shows a value of JSON in a sentence.</summary>
internal static class JsonText
{
    // A sentence shows its beginning only.
    private const int MostBytes = 4096;
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value as JSON with its characters themselves, where the document may have had escapes for them.</summary>
    public static string Of(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Length > MostBytes || !raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MostBytes)]);
        }

        try
        {
            var buffer = new ArrayBufferWriter<byte>(raw.Length);
            using var writer = new Utf8JsonWriter(buffer, Readable);
            value.WriteTo(writer);
            writer.Flush();
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
            return Encoding.UTF8.GetString(raw);
        }
    }
}
