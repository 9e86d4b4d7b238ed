using System.Text.Json;

namespace IndustryBrain.Web.Data;

/// <summary>How many decimals a column of numbers needs: as many as its largest value shows with six digits, and no more than any value has.</summary>
internal static class ColumnDigits
{
    private const int Digits = 6;
    private const int MostDecimals = 6;
    private const int Sampled = 1000;
    private const double LargestPlain = 1e15;

    /// <summary>A .NET numeric format; null leaves each number to itself (whole numbers, and columns of very different size).</summary>
    internal static string? FormatOf(IEnumerable<object?> cells)
    {
        var (largest, smallest, decimals) = (0.0, double.MaxValue, 0);
        foreach (var number in cells.Take(Sampled).Select(Number).OfType<double>())
        {
            var size = Math.Abs(number);
            largest = Math.Max(largest, size);
            if (size > 0) smallest = Math.Min(smallest, size);
            for (var d = decimals; d < MostDecimals && Math.Round(size, d) != Math.Round(size, MostDecimals); d++) decimals = d + 1;
        }

        if (decimals == 0 || largest >= LargestPlain) return null;
        var room = Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(largest)), 0, MostDecimals);
        // A value that would round to nothing keeps its own digits.
        if (smallest < Math.Pow(10, -room)) return null;
        var shown = Math.Min(decimals, room);
        return shown == 0 ? "#,0" : "#,0." + new string('0', shown);
    }

    private static double? Number(object? cell) => cell switch
    {
        JsonElement { ValueKind: JsonValueKind.Number } json => json.GetDouble(),
        double number when double.IsFinite(number) => number,
        int or long or float or decimal => Convert.ToDouble(cell, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
