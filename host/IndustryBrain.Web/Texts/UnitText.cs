using System.Globalization;

namespace IndustryBrain.Web.Texts;

/// <summary>Units as people read them. Codes are UCUM plus <c>CNY</c> and counted things such as <c>{pcs}</c>.</summary>
internal static class UnitText
{
    private static readonly Dictionary<string, (string Zh, string En)> Words = new(StringComparer.Ordinal)
    {
        ["CNY"] = ("元", "CNY"),
        ["t"] = ("吨", "t"),
        ["{pcs}"] = ("件", "pcs"),
        ["{pieces}"] = ("件", "pieces"),
        ["{periods}"] = ("期", "periods"),
        ["{period}"] = ("期", "periods"),
        ["kW.h"] = ("kWh", "kWh"),
        ["MW.h"] = ("MWh", "MWh"),
        ["Cel"] = ("°C", "°C"),
        ["m3"] = ("m³", "m³"),
        ["m2"] = ("m²", "m²"),
        ["h"] = ("小时", "h"),
        ["min"] = ("分钟", "min"),
        ["d"] = ("天", "days"),
        ["a"] = ("年", "years"),
        ["mo"] = ("月", "months"),
        ["wk"] = ("周", "weeks"),
        ["s"] = ("秒", "s"),
        ["{rows}"] = ("行", "rows"),
        ["{items}"] = ("项", "items"),
    };

    internal static string? Of(string? unit)
    {
        if (string.IsNullOrEmpty(unit) || unit == "1") return null;
        return string.Join('/', unit.Split('/').Select(Part));
    }

    private static string Part(string part)
    {
        if (Words.TryGetValue(part, out var word)) return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? word.En : word.Zh;
        return part.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
    }
}
