using System.Text.RegularExpressions;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Measures;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Recognises the headers of a wanted column by the names that it may have.</summary>
internal static partial class AcceptedHeaders
{
    /// <summary>The wanted column by its first name in each language.</summary>
    public static LocalizedText NameOf(IReadOnlyList<string> accepted) => new(
        accepted.FirstOrDefault(a => !a.All(char.IsAscii)) ?? accepted[0],
        accepted.FirstOrDefault(a => a.All(char.IsAscii)) ?? accepted[0]);

    /// <summary>The columns that fit best: those headed with a name itself, else with a name behind other words (碳酸锂均价, LME price) or before a unit (价格 元/吨), else those in money per something.</summary>
    public static int[] Choose(OpenTable table, IReadOnlyList<string> accepted)
    {
        var columns = Enumerable.Range(0, table.Columns.Count);
        int[] exact = [.. columns.Where(i => accepted.Any(a => CellText.Key(table.Columns[i]) == CellText.Key(a)))];
        if (exact.Length > 0)
        {
            return exact;
        }

        int[] within = [.. columns.Where(i => accepted.Any(a => Carries(table.Columns[i], a)))];
        return within.Length > 0 ? within : [.. columns.Where(i => CellText.UnitIn(table.Columns[i]) is { } unit && IsMoneyPerSomething(unit))];
    }

    private static bool Carries(string header, string name)
    {
        var text = WordBoundary().Replace(CellText.NameIn(header), " ");
        var at = text.LastIndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return false;
        }

        // A Latin word stands apart, so that "disclose" is no "close"; Chinese words need no blank between them.
        var behind = text[(at + name.Length)..];
        var apart = !char.IsAsciiLetter(name[0]) || ((at == 0 || !char.IsAsciiLetter(text[at - 1])) && (behind.Length == 0 || !char.IsAsciiLetter(behind[0])));
        var unit = behind.Trim(' ', '_', '-', ':', '/', ',').Replace("每", "/", StringComparison.Ordinal);
        return apart && (unit.Length == 0 || Units.IsKnown(unit) || Numbers.CurrencyOf(unit) is not null || IsMoneyPerSomething(unit));
    }

    private static bool IsMoneyPerSomething(string unit) => unit.Split('/') is [{ Length: > 0 } money, { Length: > 0 }, ..] && MoneyFirst().IsMatch(money.Trim());

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])|[_\\s]+", RegexOptions.CultureInvariant)]
    private static partial Regex WordBoundary();

    [GeneratedRegex("^(?:[万亿]?(?:元|人民币|美元|欧元|港元|日元)|CNY|RMB|USD|EUR|GBP|HKD|JPY|[¥￥$€£])$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MoneyFirst();
}
