using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Rows of a delimited text.</summary>
internal sealed class TextRows : RowReader
{
    private const int SampleCharacters = 64 * 1024;
    private const int LongestField = 64 * 1024;

    private readonly string _file;
    private readonly StreamReader _reader;
    private readonly DelimitedText _text;
    private readonly Encoding _encoding;

    private TextRows(string file, StreamReader reader, DelimitedText text, Encoding encoding) =>
        (_file, _reader, _text, _encoding) = (file, reader, text, encoding);

    /// <inheritdoc />
    public override string Format => TextEncodings.NameOf(_encoding);

    /// <summary>Starts reading; the reader owns the stream.</summary>
    public static async ValueTask<Result<RowReader>> OpenAsync(string file, Stream stream, Encoding encoding, char? delimiter, CancellationToken ct)
    {
        var sampled = new char[SampleCharacters];
        var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true);
        int length;
        try
        {
            length = await reader.ReadBlockAsync(sampled, ct);
        }
        catch (DecoderFallbackException)
        {
            reader.Dispose();
            return TabularFailures.NotATable(file, $"不是 {TextEncodings.NameOf(encoding)} 编码的文本", $"it is not {TextEncodings.NameOf(encoding)} text");
        }

        var sample = new string(sampled, 0, length);
        if (IsBinary(sample))
        {
            reader.Dispose();
            return TabularFailures.NotATable(file, "含有二进制内容", "it contains binary content");
        }

        // The sample is read already, and the stream may not seek: it goes in front of the rest.
        return new TextRows(file, reader, new DelimitedText(sample, reader, delimiter ?? Delimiters.Detect(sample), LongestField), encoding);
    }

    // A text may carry a stray control character; one in a hundred characters is no text.
    private static bool IsBinary(string sample) =>
        sample.Contains('\0', StringComparison.Ordinal) || sample.Count(c => char.IsControl(c) && !char.IsWhiteSpace(c)) * 100L > sample.Length;

    /// <inheritdoc />
    public override async ValueTask<Result<bool>> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (await _text.ReadAsync(cancellationToken) is not { } fields)
            {
                return false;
            }

            (Number, Cells) = (_text.Line, fields);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return TabularFailures.NotATable(_file, $"第 {_text.Line} 行之后有不属于 {Format} 的字节", $"bytes after row {_text.Line} are not {Format}");
        }
        catch (FormatException)
        {
            return TabularFailures.NotATable(_file, $"第 {_text.Line} 行有没有闭合的双引号，或单元格过长", $"row {_text.Line} has an open double quote or an overlong cell");
        }
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }
}
