using System.Text;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Cuts a text into records and fields (RFC 4180), a block at a time, and knows the line that each record begins on.</summary>
internal sealed class DelimitedText(string start, TextReader rest, char delimiter, int longestField)
{
    private readonly StringBuilder _field = new();
    private readonly List<string?> _fields = [];
    private char[] _block = start.ToCharArray();
    private int _length = start.Length;
    private int _at;
    private int _line = 1;

    /// <summary>Line that the last record began on, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The next record; null at the end.</summary>
    /// <exception cref="FormatException">A quote was never closed, or a field is overlong.</exception>
    /// <exception cref="DecoderFallbackException">The bytes are not of the encoding.</exception>
    public async ValueTask<string?[]?> ReadAsync(CancellationToken ct)
    {
        if (_at == _length && !await FillAsync(ct))
        {
            return null;
        }

        Line = _line;
        _fields.Clear();
        while (true)
        {
            var end = await FieldAsync(ct);
            _fields.Add(_field.ToString());
            _field.Clear();
            if (end != delimiter)
            {
                return [.. _fields];
            }
        }
    }

    // Reads one field and gives what ended it: the delimiter, '\n', or '\0' at the end of the text.
    private async ValueTask<char> FieldAsync(CancellationToken ct)
    {
        var (quoted, wasQuoted) = (false, false);
        while (true)
        {
            if (_at == _length && !await FillAsync(ct))
            {
                return quoted ? throw new FormatException() : '\0';
            }

            var c = _block[_at++];
            if (quoted)
            {
                if (c == '"' && await PeekAsync(ct) == '"')
                {
                    _at++;
                    _field.Append('"');
                    continue;
                }

                _line += c == '\n' ? 1 : 0;
                quoted = c != '"';
                if (quoted)
                {
                    Append(c);
                }

                continue;
            }

            if (c == delimiter)
            {
                return c;
            }

            switch (c)
            {
                case '"' when !wasQuoted && _field.Length == 0:
                    (quoted, wasQuoted) = (true, true);
                    break;
                case '\r' when await PeekAsync(ct) == '\n':
                    break;
                case '\r' or '\n':
                    _line++;
                    return '\n';
                default:
                    Append(c);
                    break;
            }
        }
    }

    private void Append(char c)
    {
        if (_field.Length == longestField)
        {
            throw new FormatException();
        }

        _field.Append(c);
    }

    private async ValueTask<char> PeekAsync(CancellationToken ct) => _at < _length || await FillAsync(ct) ? _block[_at] : '\0';

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_block.Length < 4096)
        {
            _block = new char[32 * 1024];
        }

        _at = 0;
        _length = await rest.ReadAsync(_block, ct);
        return _length > 0;
    }
}
