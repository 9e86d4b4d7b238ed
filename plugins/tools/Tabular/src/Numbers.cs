using System.Globalization;
using System.Text.RegularExpressions;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Reads numbers as people write them: thousands separators, full-width digits, percent, currency signs.</summary>
internal static partial class Numbers
{
    private static readonly string[] BlankWords = ["", "-", "--", "—", "——", "/", "n/a", "na", "#n/a", "nan", "null", "none", "无", "空", "inf", "-inf", "infinity", "∞"];

    /// <summary>True when the cell holds nothing that could be a value.</summary>
    public static bool IsBlank(object? cell) => cell switch
    {
        null => true,
        double number => !double.IsFinite(number),
        string text => BlankWords.Contains(CellText.HalfWidth(text).ToLowerInvariant()),
        _ => false,
    };

    /// <summary>The number in the cell; false when there is none.</summary>
    public static bool TryRead(object? cell, out double value)
    {
        switch (cell)
        {
            case double number:
                value = number;
                return double.IsFinite(number);
            case int number:
                value = number;
                return true;
            case decimal number:
                value = (double)number;
                return true;
            case string text:
                return TryRead(text, out value);
            default:
                value = 0;
                return false;
        }
    }

    /// <summary>The plain number that a text such as 6.8万 means, or null.</summary>
    public static string? Suggest(string text)
    {
        var match = WithMagnitude().Match(CellText.HalfWidth(text));
        if (!match.Success || !decimal.TryParse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var factor = match.Groups[2].Value switch { "十" => 10m, "百" => 100m, "千" or "k" or "K" => 1000m, "万" or "w" or "W" => 10_000m, "百万" or "M" => 1_000_000m, "千万" => 10_000_000m, "亿" => 100_000_000m, _ => 1m };
        return (number * factor).ToString("0.##########", CultureInfo.InvariantCulture);
    }

    private static bool TryRead(string raw, out double value)
    {
        // The plain case first: long columns consist of it.
        if (double.TryParse(raw, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value))
        {
            return double.IsFinite(value);
        }

        var match = Decorated().Match(CellText.HalfWidth(raw));
        if (!match.Success || !double.TryParse(match.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))
        {
            value = 0;
            return false;
        }

        value = match.Groups["p"].Success ? value / 100 : value;
        value = match.Groups["m"].Success || match.Groups["b"].Success ? -value : value;
        return !match.Groups["b"].Success || match.Groups["e"].Success;
    }

    [GeneratedRegex(@"^(?<b>\()?(?<m>-)?\+?\s*(?:[¥￥$€£]|CNY|RMB|USD|EUR)?\s*(?<n>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][-+]?\d{1,3})?|[-+]?\.\d+)\s*(?:(?<p>%)|元|CNY|RMB|USD|EUR)?(?<e>\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decorated();

    [GeneratedRegex(@"^[¥￥$]?\s*([-+]?[\d,]+(?:\.\d+)?)\s*(百万|千万|十|百|千|万|亿|[kKwWM])?\s*(?:元|吨|\D{0,8})$", RegexOptions.CultureInvariant)]
    private static partial Regex WithMagnitude();
}
