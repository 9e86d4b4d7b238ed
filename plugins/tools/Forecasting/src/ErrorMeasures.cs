using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>How far forecasts lie from what came true.</summary>
/// <param name="Mae">Mean absolute error, in the unit of the series.</param>
/// <param name="Rmse">Root of the mean squared error, in the unit of the series.</param>
/// <param name="Mape">Mean absolute percentage error in %; absent when an actual value is 0.</param>
/// <param name="Mase">Mean absolute error relative to that of the naive forecast (Hyndman and Koehler 2006); absent when the series never changes. Below 1 is better than naive.</param>
public sealed record ErrorMeasures(
    [property: Label("平均绝对误差 MAE", "MAE", DescriptionZh = "单位同序列。", DescriptionEn = "Mean absolute error, in the unit of the series.")] double Mae,
    [property: Label("均方根误差 RMSE", "RMSE", DescriptionZh = "单位同序列。", DescriptionEn = "Root of the mean squared error, in the unit of the series.")] double Rmse,
    [property: Label("平均绝对百分比误差 MAPE", "MAPE", DescriptionZh = "实际值含 0 时没有意义，不给出。", DescriptionEn = "Absent when an actual value is 0.")][property: Unit("%")] double? Mape,
    [property: Label("平均绝对标度误差 MASE", "MASE", DescriptionZh = "与朴素预测相比；小于 1 表示更好。序列从不变化时没有意义，不给出。", DescriptionEn = "Relative to the naive forecast; below 1 is better. Absent when the series never changes.")] double? Mase)
{
    /// <summary>Measures <paramref name="errors"/> of the last values of <paramref name="actual"/>.</summary>
    /// <param name="actual">The whole series.</param>
    /// <param name="errors">Actual minus forecast of its last <c>errors.Count</c> values.</param>
    /// <param name="scale">Mean absolute error of the naive forecast; 0 when it never errs.</param>
    internal static ErrorMeasures Of(IReadOnlyList<double> actual, IReadOnlyList<double> errors, double scale)
    {
        double absolute = 0, squared = 0, percent = 0;
        var hasZero = false;
        var first = actual.Count - errors.Count;
        for (var i = 0; i < errors.Count; i++)
        {
            absolute += Math.Abs(errors[i]);
            squared += errors[i] * errors[i];
            hasZero |= actual[first + i] == 0;
            percent += hasZero ? 0 : Math.Abs(errors[i] / actual[first + i]);
        }

        var mean = absolute / errors.Count;
        return new(mean, Math.Sqrt(squared / errors.Count), hasZero ? null : percent / errors.Count * 100, scale > 0 ? mean / scale : null);
    }

    /// <summary>Mean absolute error of the forecast "as <paramref name="season"/> periods before"; 0 when the series is too short for it.</summary>
    internal static double NaiveScale(IReadOnlyList<double> series, int season = 1)
    {
        var sum = 0.0;
        for (var i = season; i < series.Count; i++)
        {
            sum += Math.Abs(series[i] - series[i - season]);
        }

        return series.Count > season ? sum / (series.Count - season) : 0;
    }
}
