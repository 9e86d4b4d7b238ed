using System.Globalization;
using System.Text.Json;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Data;

internal static class CellText
{
    /// <summary>The value without grouping, as somebody searching for a number may type it.</summary>
    internal static string Raw(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    internal static string Of(object? value, string? format) => value switch
    {
        null => "–",
        JsonElement json => NumberText.Of(json, format),
        double number => NumberText.Of(number, format),
        int or long or float or decimal => NumberText.Of(Convert.ToDouble(value, CultureInfo.InvariantCulture), format),
        DateTimeOffset time => time.ToLocalTime().ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        bool flag => (flag ? WebText.Yes : WebText.No).ToString(),
        _ => value.ToString() ?? "",
    };
}
