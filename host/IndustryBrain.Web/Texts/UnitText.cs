using System.Collections.Concurrent;
using System.Globalization;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Measures;

namespace IndustryBrain.Web.Texts;

/// <summary>Units as people read them. What one of the words means exactly is looked up in the SDK's measures, so that 件, <c>{pcs}</c> and <c>{pieces}</c>, or <c>kW.h</c> and <c>kWh</c>, read alike.</summary>
internal static class UnitText
{
    private const int MostRemembered = 1000;
    private static readonly ConcurrentDictionary<string, LocalizedText> Known = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, LocalizedText> Words = new(StringComparer.Ordinal)
    {
        ["CNY"] = new("元", "CNY"),
        ["10*4.CNY"] = new("万元", "10k CNY"),
        ["10*8.CNY"] = new("亿元", "100m CNY"),
        ["t"] = new("吨", "t"),
        ["10*4.t"] = new("万吨", "10k t"),
        ["kg"] = new("kg", "kg"),
        ["{pcs}"] = new("件", "pcs"),
        ["{periods}"] = new("期", "periods"),
        ["{rows}"] = new("行", "rows"),
        ["{items}"] = new("项", "items"),
        ["kWh"] = new("kWh", "kWh"),
        ["MWh"] = new("MWh", "MWh"),
        ["10*4.kWh"] = new("万 kWh", "10 MWh"),
        ["Cel"] = new("°C", "°C"),
        ["m3"] = new("m³", "m³"),
        ["m2"] = new("m²", "m²"),
        ["Nm3"] = new("Nm³", "Nm³"),
        ["10*4.Nm3"] = new("万 Nm³", "10k Nm³"),
        ["h"] = new("小时", "h"),
        ["min"] = new("分钟", "min"),
        ["d"] = new("天", "days"),
        ["a"] = new("年", "years"),
        ["mo"] = new("月", "months"),
        ["wk"] = new("周", "weeks"),
        ["s"] = new("秒", "s"),
        ["tce"] = new("吨标准煤", "tce"),
        ["kgce"] = new("kg 标准煤", "kgce"),
    };

    // One thing and many of it are the same unit; the measures know them as two.
    private static readonly Dictionary<string, string> Singular = new(StringComparer.Ordinal) { ["{pieces}"] = "{pcs}", ["{piece}"] = "{pcs}", ["{period}"] = "{periods}", ["{row}"] = "{rows}", ["{item}"] = "{items}" };

    internal static string? Of(string? unit)
    {
        if (string.IsNullOrWhiteSpace(unit) || unit == "1") return null;
        if (Known.TryGetValue(unit, out var text)) return text.ToString();
        text = Read(unit.Trim());
        if (Known.Count < MostRemembered) Known[unit] = text;
        return text.ToString();
    }

    private static LocalizedText Read(string unit)
    {
        if (WordOf(unit) is { } word) return word;
        var parts = unit.Split('/').Select(part => WordOf(part) ?? LocalizedText.Same(Plain(part))).ToList();
        return new(string.Join('/', parts.Select(p => p.Zh)), string.Join('/', parts.Select(p => p.En)));
    }

    private static LocalizedText? WordOf(string part)
    {
        part = Singular.GetValueOrDefault(part, part);
        if (Words.TryGetValue(part, out var word)) return word;
        if (!Units.IsKnown(part)) return null;
        foreach (var (code, same) in Words)
        {
            // A person's own Chinese word stays: 台 is counted like 件 but reads better where somebody wrote it.
            if (Units.TryConvert(1m, part, code).TryGet(out var factor, out _) && factor == 1m) return IsChinese(part) ? new(part, same.En) : same;
        }

        return null;
    }

    private static bool IsChinese(string text) => text.Any(c => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherLetter);

    private static string Plain(string part) => part.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace('.', '·');
}
