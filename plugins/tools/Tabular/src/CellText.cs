using System.Globalization;
using System.Text;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Makes what people type comparable: full-width forms become ASCII, blanks at the ends go.</summary>
internal static class CellText
{
    private static readonly char[] Opening = ['(', '[', '【', '〔'];
    private static readonly char[] Closing = [')', ']', '】', '〕'];

    /// <summary>The text of a cell as a person would read it.</summary>
    public static string Of(object? cell) => cell switch
    {
        null => "",
        string text => text.Trim(),
        DateTime moment => moment.TimeOfDay == TimeSpan.Zero ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        bool truth => truth ? "TRUE" : "FALSE",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    /// <summary>Full-width ASCII forms, brackets and blanks become half-width ones.</summary>
    public static string HalfWidth(string text)
    {
        if (!text.Any(c => c is >= '\uFF01' and <= '\uFF5E' or '\u3000' or '\u00A0' or '\u202F' or '−'))
        {
            return text.Trim();
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            result.Append(c switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                '\u3000' or '\u00A0' or '\u202F' => ' ',
                '−' => '-',
                _ => c,
            });
        }

        return result.ToString().Trim();
    }

    /// <summary>A header without case, width, blanks and a unit in brackets: 价格（元/吨） becomes 价格.</summary>
    public static string Key(string header) =>
        string.Concat(NameIn(header).Where(c => !char.IsWhiteSpace(c) && c is not ('_' or '-'))).ToLowerInvariant();

    /// <summary>A header without what it carries in brackets.</summary>
    public static string NameIn(string header)
    {
        var text = HalfWidth(header);
        var bracket = text.IndexOfAny(Opening);
        return (bracket > 0 ? text[..bracket] : text).Trim();
    }

    /// <summary>The unit that a header carries in brackets, or null.</summary>
    public static string? UnitIn(string header)
    {
        var text = HalfWidth(header);
        var open = text.IndexOfAny(Opening);
        var close = text.LastIndexOfAny(Closing);
        return open > 0 && close > open + 1 ? text[(open + 1)..close].Trim() : null;
    }
}
