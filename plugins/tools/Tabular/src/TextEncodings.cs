using System.Text;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Finds the encoding of a text: byte order mark, else UTF-8 when all of it is, else GB18030.</summary>
internal static class TextEncodings
{
    /// <summary>The name of the encoding that is taken for whatever is not Unicode.</summary>
    public const string Gb18030Name = "GB18030";

    private const int UnmarkedSample = 4096;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(Gb18030Name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The name for people.</summary>
    public static string NameOf(Encoding encoding) => encoding.CodePage switch { 65001 => "UTF-8", 1200 => "UTF-16LE", 1201 => "UTF-16BE", _ => Gb18030Name };

    /// <summary>The encoding with that choice; null to detect it.</summary>
    public static Encoding? Named(TextEncoding choice) => choice switch
    {
        TextEncoding.Utf8 => StrictUtf8,
        TextEncoding.Gb18030 => Gb18030,
        _ => null,
    };

    /// <summary>Reads the stream to its end, at most <paramref name="limit"/> bytes, and says what it is; null beyond the limit.</summary>
    public static async ValueTask<Encoding?> DetectAsync(Stream stream, long limit, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var characters = new char[StrictUtf8.GetMaxCharCount(buffer.Length)];
        var decoder = StrictUtf8.GetDecoder();
        Encoding found = StrictUtf8;
        long total = 0;
        for (int read; (read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct)) > 0;)
        {
            if (total == 0 && (ByteOrderMark(buffer.AsSpan(0, read)) ?? Unmarked(buffer.AsSpan(0, Math.Min(read, UnmarkedSample)))) is { } marked)
            {
                found = marked;
            }

            total += read;
            if (total > limit)
            {
                return null;
            }

            if (ReferenceEquals(found, StrictUtf8) && !IsUtf8(decoder, buffer.AsSpan(0, read), characters, read < buffer.Length))
            {
                found = Gb18030;
            }
        }

        return found;
    }

    private static Encoding? ByteOrderMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        _ => null,
    };

    // ASCII digits and delimiters in UTF-16 are every other byte 0; no other text has such bytes.
    private static UnicodeEncoding? Unmarked(ReadOnlySpan<byte> start)
    {
        int even = 0, odd = 0;
        for (var i = 0; i + 1 < start.Length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        var pairs = start.Length / 2;
        return pairs >= 4 && even == 0 && odd * 4 >= pairs ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)
            : pairs >= 4 && odd == 0 && even * 4 >= pairs ? new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)
            : null;
    }

    private static bool IsUtf8(Decoder decoder, ReadOnlySpan<byte> bytes, char[] characters, bool last)
    {
        try
        {
            decoder.GetChars(bytes, characters, flush: last);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
