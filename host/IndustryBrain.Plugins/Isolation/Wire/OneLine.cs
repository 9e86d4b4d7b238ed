using System.Globalization;

namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>A stranger's text as one line that reads as it is written: without what a terminal obeys, or what turns the direction of what follows.</summary>
internal static class OneLine
{
    /// <summary>A text up to <paramref name="maxLength"/>, with blanks in place of such characters.</summary>
    public static string Of(string text, int maxLength = Frames.MaxTextLength)
    {
        var cut = text.Length > maxLength ? text[..maxLength] : text;
        return cut.Any(Leads) ? string.Concat(cut.Select(c => Leads(c) ? ' ' : c)) : cut;
    }

    private static bool Leads(char c) => char.IsControl(c)
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
        || (c > '\u007f' && char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
