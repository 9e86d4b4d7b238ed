using System.Globalization;

namespace IndustryBrain.Web.Forms;

/// <summary>Numbers as people type and paste them: blanks, thousands separators, full-width digits, a percent sign is refused rather than guessed.</summary>
internal static class NumberEntry
{
    private const NumberStyles Style = NumberStyles.Float | NumberStyles.AllowThousands;

    /// <summary>Reads one number; false leaves the text to be shown as it is.</summary>
    internal static bool TryRead(string? text, out double value)
    {
        value = 0;
        if (string.IsNullOrWhiteSpace(text)) return false;
        var plain = Narrow(text.Trim());
        return HasSoundGroups(plain) && double.TryParse(plain, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>What a near miss such as <c>6.8万</c> or <c>12元</c> should have been, or null.</summary>
    internal static string? Suggest(string text)
    {
        var plain = Narrow(text.Trim());
        var (factor, rest) = plain switch
        {
            [.., '万'] => (1e4, plain[..^1]),
            [.., '亿'] => (1e8, plain[..^1]),
            ['¥' or '￥' or '$', ..] => (1, plain[1..]),
            [.., '元' or '吨' or '件' or '期'] => (1.0, plain[..^1]),
            _ => (0, ""),
        };
        return factor > 0 && TryRead(rest, out var value) ? (value * factor).ToString("0.######", CultureInfo.InvariantCulture) : null;
    }

    // 1,234.5 is a number; 1,23 is a decimal comma or a slip, and must not silently become 123.
    private static bool HasSoundGroups(string text)
    {
        if (!text.Contains(',', StringComparison.Ordinal)) return true;
        var whole = text.TrimStart('+', '-').Split('.', 'e', 'E')[0].Split(',');
        return whole[0].Length is > 0 and <= 3 && whole.Skip(1).All(group => group.Length == 3);
    }

    private static string Narrow(string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                span[i] = source[i] switch { >= '０' and <= '９' => (char)(source[i] - '０' + '0'), '．' => '.', '，' => ',', '－' or '−' => '-', var c => c };
        }).Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal);
}
