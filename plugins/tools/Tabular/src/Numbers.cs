using System.Globalization;
using System.Text.RegularExpressions;
using IndustryBrain.Sdk.Measures;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>A number of a cell, with the unit that is written beside it.</summary>
/// <param name="Value">The number; with a percent sign as it stands, 5 for 5 %.</param>
/// <param name="Unit">The unit or currency in the cell, such as <c>元/吨</c>, <c>CNY</c> or <c>%</c>; null when there is none.</param>
internal readonly record struct MeasuredNumber(double Value, string? Unit);

/// <summary>Reads numbers as people write them: thousands separators, full-width digits, percent and currency signs, accountants' brackets, a unit behind.</summary>
internal static partial class Numbers
{
    private static readonly string[] WordsForNothing = ["-", "--", "—", "——", "/", "n/a", "na", "#n/a", "nan", "null", "none", "无", "空", "inf", "-inf", "infinity", "-infinity", "∞", "-∞"];

    /// <summary>True when nothing stands in the cell.</summary>
    public static bool IsBlank(object? cell) => cell is null || (cell is string text && CellText.HalfWidth(text).Length == 0);

    /// <summary>True when the cell is blank, or holds what stands for no number: NaN, infinity, N/A, a dash, an error of the workbook.</summary>
    public static bool IsNothing(object? cell) => cell switch
    {
        null => true,
        double number => !double.IsFinite(number),
        string text => CellText.HalfWidth(text).ToLowerInvariant() is var word && (word.Length == 0 || WordsForNothing.Contains(word) || (word[0] == '#' && word.Length <= 14)),
        _ => false,
    };

    /// <summary>The number in the cell, a percentage divided by 100; false when there is none, or a unit other than a currency stands beside it.</summary>
    public static bool TryRead(object? cell, out double value)
    {
        if (TryMeasure(cell, out var measured) && (measured.Unit is null or "%" || CurrencyOf(measured.Unit) is not null))
        {
            value = measured.Unit == "%" ? measured.Value / 100 : measured.Value;
            return true;
        }

        value = 0;
        return false;
    }

    /// <summary>The number in the cell with the unit beside it; false when there is none.</summary>
    public static bool TryMeasure(object? cell, out MeasuredNumber measured)
    {
        measured = default;
        switch (cell)
        {
            case double number:
                measured = new(number, null);
                return double.IsFinite(number);
            case int number:
                measured = new(number, null);
                return true;
            case decimal number:
                measured = new((double)number, null);
                return true;
            case string text:
                return TryText(text, out measured);
            default:
                return false;
        }
    }

    /// <summary>The code of the currency that the text is, such as CNY for 元 and ¥; null when it is none.</summary>
    public static string? CurrencyOf(string text) => text switch
    {
        "¥" or "￥" or "元" or "人民币" or "CNY" or "RMB" => "CNY",
        "$" or "US$" or "美元" or "USD" => "USD",
        "€" or "欧元" or "EUR" => "EUR",
        "£" or "英镑" or "GBP" => "GBP",
        "HK$" or "港元" or "HKD" => "HKD",
        "日元" or "JPY" => "JPY",
        _ => null,
    };

    /// <summary>The plain number that a text such as 6.8万 or 6,8 means, or null.</summary>
    public static string? Suggest(string text)
    {
        // 3000 MWh is three thousand of a unit, whatever its first letter.
        if (TryText(text, out var measured) && measured.Unit is { } unit && char.IsAsciiLetter(unit[0]) && CurrencyOf(unit) is null)
        {
            return null;
        }

        var plain = CellText.HalfWidth(text);
        if (DecimalComma().IsMatch(plain))
        {
            return plain.Replace(',', '.');
        }

        var match = WithMagnitude().Match(plain);
        if (!match.Success || !decimal.TryParse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var factor = match.Groups[2].Value switch { "十" => 10m, "百" => 100m, "千" or "k" or "K" => 1000m, "万" or "w" or "W" => 10_000m, "百万" or "M" => 1_000_000m, "千万" => 10_000_000m, "亿" => 100_000_000m, _ => 1m };
        return (number * factor).ToString("0.##########", CultureInfo.InvariantCulture);
    }

    private static bool TryText(string raw, out MeasuredNumber measured)
    {
        // The plain case first: long columns consist of it.
        if (double.TryParse(raw, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value))
        {
            measured = new(value, null);
            return double.IsFinite(value);
        }

        measured = default;
        var match = Decorated().Match(CellText.HalfWidth(raw));
        if (!match.Success || match.Groups["b"].Success != match.Groups["e"].Success
            || !double.TryParse(Separators().Replace(match.Groups["n"].Value, ""), NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))
        {
            return false;
        }

        var (sign, suffix) = (match.Groups["c"].Value, match.Groups["u"].Value.Trim());
        if (suffix.Length > 0 && suffix != "%" && CurrencyOf(suffix) is null && !Units.IsKnown(suffix))
        {
            return false;
        }

        var unit = suffix.Length == 0 || CurrencyOf(suffix) is not null ? CurrencyOf(sign) ?? CurrencyOf(suffix) : suffix;
        measured = new(match.Groups["m"].Success || match.Groups["b"].Success ? -value : value, unit);
        return true;
    }

    [GeneratedRegex(@"^(?<b>\()?(?<m>-)?\+?\s*(?<c>US\$|HK\$|[¥￥$€£]|CNY|RMB|USD|EUR|GBP|HKD|JPY)?\s*(?<n>[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d*)?(?:[eE][-+]?\d{1,3})?|[-+]?\.\d+)\s*(?<u>[^\d\s,.()+-][^\d,()]{0,15})?(?<e>\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decorated();

    [GeneratedRegex("[, ]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^[-+]?\d+,\d{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[¥￥$]?\s*([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(百万|千万|十|百|千|万|亿|[kKwWM](?![A-Za-z]))?\s*(?:元|吨|\D{0,8})$", RegexOptions.CultureInvariant)]
    private static partial Regex WithMagnitude();
}
