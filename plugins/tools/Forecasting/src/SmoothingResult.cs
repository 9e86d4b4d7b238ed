using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>What single or double smoothing found.</summary>
/// <param name="Forecast">One value a future period.</param>
/// <param name="Interval">One interval a future period.</param>
/// <param name="Next">Forecast of the next period.</param>
/// <param name="Level">Last smoothed level.</param>
/// <param name="Trend">Last smoothed trend per period; 0 for single smoothing.</param>
/// <param name="Smoothed">Smoothed level of each period of the series.</param>
/// <param name="UsedAlpha">Weight of the level that was used.</param>
/// <param name="UsedGamma">Weight of the trend that was used; 0 for single smoothing.</param>
/// <param name="Fitted">True when a weight was fitted.</param>
/// <param name="Sse">Sum of squared one-step errors.</param>
/// <param name="Sigma">Standard deviation of the one-step errors: root of their mean square.</param>
/// <param name="Errors">Measures of the one-step errors.</param>
public sealed record SmoothingResult(
    [property: Label("预测值", "Forecast")] IReadOnlyList<double> Forecast,
    [property: Label("预测区间", "Interval")] IReadOnlyList<Interval> Interval,
    [property: Label("下期预测", "Next period")] double Next,
    [property: Label("水平", "Level")] double Level,
    [property: Label("趋势", "Trend")] double Trend,
    [property: Label("平滑值", "Smoothed")] IReadOnlyList<double> Smoothed,
    [property: Label("所用 α", "α used")] double UsedAlpha,
    [property: Label("所用 γ", "γ used")] double UsedGamma,
    [property: Label("参数由拟合得到", "Fitted")] bool Fitted,
    [property: Label("误差平方和", "Sum of squared errors")] double Sse,
    [property: Label("单步误差标准差", "Deviation of one-step errors")] double Sigma,
    [property: Label("误差指标", "Error measures")] ErrorMeasures Errors)
{
    internal static SmoothingResult Of(IReadOnlyList<double> series, Holt model, int horizon, bool fitted)
    {
        var (forecast, intervals) = model.Ahead(horizon);
        var errors = ErrorMeasures.Of(series, model.Errors, ErrorMeasures.NaiveScale(series));
        return new(forecast, intervals, forecast[0], model.Level, model.Trend, model.Smoothed, model.Alpha, model.Gamma, fitted, model.Sse, model.Sigma, errors);
    }
}
