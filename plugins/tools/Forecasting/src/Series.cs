using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Checks that a series can be smoothed.</summary>
internal static class Series
{
    // Squares and their sums over a million values stay finite below this.
    private const double Largest = 1e100;

    /// <summary>The first thing wrong with <paramref name="values"/>, or null.</summary>
    public static Failure? Check(string name, IReadOnlyList<double> values, int needed, bool positive = false)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var value = values[i];
            if (!double.IsFinite(value))
            {
                return Refusals.NotANumber(At(name, i));
            }

            if (Math.Abs(value) > Largest)
            {
                return Refusals.Range(At(name, i), value, "[-1e100, 1e100]");
            }

            if (positive && value <= 0)
            {
                return Refusals.Range(At(name, i), value, "(0, ∞)") with
                {
                    Action = new("乘法季节要求所有值大于 0，请改用加法季节。", "Multiplicative seasons need values above 0; use additive seasons."),
                };
            }
        }

        return values.Count < needed ? Refusals.Few(name, values.Count, needed) : null;
    }

    /// <summary>A weight outside 0 to 1, or null.</summary>
    public static Failure? CheckWeight(string name, double? value) => value switch
    {
        null => null,
        { } weight when !double.IsFinite(weight) => Refusals.NotANumber(name),
        < 0 or > 1 => Refusals.Range(name, value.Value, "[0, 1]"),
        _ => null,
    };

    /// <summary>A horizon outside 1 to 24, or null.</summary>
    public static Failure? CheckHorizon(int horizon) => horizon is < 1 or > 24 ? Refusals.Range("horizon", horizon, "[1, 24]") : null;

    private static string At(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");
}
