using System.Globalization;
using System.Text.Json;
using IndustryBrain.Sdk.Views;
using IndustryBrain.Web.Data;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Views;

/// <summary>Takes the values of a declared chart out of an output, and says it in a sentence and in a table.</summary>
internal static class ChartReading
{
    private const int BarsSaid = 10;

    /// <summary>The chart with values, or null when it has none to show.</summary>
    internal static ChartData? Read(Chart chart, JsonElement data)
    {
        var series = new List<ChartSeriesData>();
        foreach (var declared in chart.Series)
        {
            if (Numbers(data, declared.Values) is not { } values) continue;
            var upper = declared.Upper is null ? null : Numbers(data, declared.Upper);
            if (declared.Role == SeriesRole.Band && upper is null) continue;
            series.Add(new(declared.Label.ToString(), declared.Role.ToString().ToLowerInvariant(), values, upper));
        }

        if (series.Count == 0 || !series.Any(s => s.Values.Any(v => v is not null))) return null;
        var length = series.Max(s => s.Values.Count);
        var categories = Categories(data, chart.Categories, length);
        var unit = JsonPointer.TryFind(data, chart.UnitPointer, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : chart.Unit;
        var last = series.Any(s => s.Role == "forecast") ? series.Where(s => s.Role == "actual").Select(s => (int?)LastIndex(s.Values)).Max() : null;
        last = last is >= 0 ? last : null;
        return new(chart.Type, categories, series, UnitText.Of(unit), last, last is { } index ? WebText.Latest.With(Day(categories[index])).ToString() : null);
    }

    /// <summary>What the chart shows, for those who cannot see it.</summary>
    internal static string Sentence(string title, ChartData chart)
    {
        var unit = chart.Unit is null ? "" : " " + chart.Unit;
        if (chart.Type == "bar") return Bars(title, chart, unit);
        var text = WebText.ChartSpans.With(title, chart.Categories.Count, chart.Categories[0], chart.Categories[^1]).ToString();
        foreach (var series in chart.Series)
        {
            var index = LastIndex(series.Values);
            if (index < 0) continue;
            var value = NumberText.Of(series.Values[index]!.Value) + unit;
            text += " " + (series.Upper is { } upper && index < upper.Count && upper[index] is { } high
                ? WebText.ChartBand.With(series.Name, value, NumberText.Of(high) + unit)
                : WebText.ChartLast.With(series.Name, value, chart.Categories[index]));
        }

        return text;
    }

    // Bars stand for things, not for a course of time: each is said with its value.
    private static string Bars(string title, ChartData chart, string unit)
    {
        var text = WebText.ChartBars.With(title, chart.Categories.Count).ToString();
        foreach (var series in chart.Series)
        {
            var bars = Enumerable.Range(0, Math.Min(series.Values.Count, BarsSaid)).Where(i => series.Values[i] is not null)
                .Select(i => WebText.ChartBar.With(chart.Categories[i], NumberText.Of(series.Values[i]!.Value) + unit).ToString());
            text += $" {(chart.Series.Count > 1 ? series.Name + ": " : "")}{string.Join("; ", bars)}.";
        }

        return chart.Categories.Count > BarsSaid ? $"{text} {WebText.ChartBarsMore.With(chart.Categories.Count - BarsSaid)}" : text;
    }

    /// <summary>The chart as a table: one row a category, a band as two columns.</summary>
    internal static IReadOnlyList<DataColumn<int>> Columns(Chart chart, ChartData data)
    {
        var columns = new List<DataColumn<int>> { new((chart.CategoryLabel ?? WebText.Category).ToString(), row => data.Categories[row]) };
        foreach (var series in data.Series)
        {
            if (series.Upper is null)
            {
                columns.Add(Column(series.Name, series.Values));
                continue;
            }

            columns.Add(Column(WebText.Lower.With(series.Name).ToString(), series.Values));
            columns.Add(Column(WebText.Upper.With(series.Name).ToString(), series.Upper));
        }

        return columns;

        DataColumn<int> Column(string title, IReadOnlyList<double?> values) => new(title, row => row < values.Count ? values[row] : null) { IsNumeric = true, Unit = data.Unit };
    }

    // A day without its time, but with its year: the axis leaves that out.
    private static string Day(string category) => category is [_, _, _, _, '-', _, _, '-', _, _, ..] ? category[..10] : category;

    private static double?[]? Numbers(JsonElement data, string pointer)
    {
        if (!JsonPointer.TryFind(data, pointer, out var array)) return null;
        // A single number is a line across the whole chart, such as a threshold.
        if (array.ValueKind == JsonValueKind.Number) return [array.GetDouble()];
        return array.ValueKind != JsonValueKind.Array ? null : [.. array.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble() : (double?)null)];
    }

    private static List<string> Categories(JsonElement data, string pointer, int length)
    {
        var labels = JsonPointer.TryFind(data, pointer, out var array) && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble().ToString("0.######", CultureInfo.InvariantCulture) : NumberText.Of(v)).ToList() : [];
        for (var i = labels.Count; i < length; i++) labels.Add((i + 1).ToString(CultureInfo.InvariantCulture));
        return labels;
    }

    private static int LastIndex(IReadOnlyList<double?> values)
    {
        for (var i = values.Count - 1; i >= 0; i--)
            if (values[i] is not null) return i;
        return -1;
    }
}
