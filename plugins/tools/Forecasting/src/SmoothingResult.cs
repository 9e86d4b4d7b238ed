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
    [property: Label("预测值", "Forecast", DescriptionZh = "每个未来期一个值，单位同序列。", DescriptionEn = "One value a future period.")] IReadOnlyList<double> Forecast,
    [property: Label("预测区间", "Interval", DescriptionZh = "每个未来期一个区间。", DescriptionEn = "One interval a future period.")] IReadOnlyList<Interval> Interval,
    [property: Label("下期预测", "Next period", DescriptionZh = "下一期的预测值。", DescriptionEn = "Forecast of the next period.")] double Next,
    [property: Label("水平", "Level", DescriptionZh = "最后一期的平滑水平，单位同序列。", DescriptionEn = "Last smoothed level.")] double Level,
    [property: Label("趋势", "Trend", DescriptionZh = "最后一期的每期趋势；单参数为 0。", DescriptionEn = "Last smoothed trend per period; 0 for single smoothing.")] double Trend,
    [property: Label("平滑值", "Smoothed", DescriptionZh = "序列每一期的平滑水平。", DescriptionEn = "Smoothed level of each period of the series.")] IReadOnlyList<double> Smoothed,
    [property: Label("所用 α", "α used", DescriptionZh = "实际所用的水平系数。", DescriptionEn = "Weight of the level that was used.")] double UsedAlpha,
    [property: Label("所用 γ", "γ used", DescriptionZh = "实际所用的趋势系数；单参数为 0。", DescriptionEn = "Weight of the trend that was used; 0 for single smoothing.")] double UsedGamma,
    [property: Label("参数由拟合得到", "Fitted", DescriptionZh = "有系数由拟合得到时为是。", DescriptionEn = "True when a weight was fitted.")] bool Fitted,
    [property: Label("误差平方和", "Sum of squared errors", DescriptionZh = "单步误差的平方和。", DescriptionEn = "Sum of squared one-step errors.")] double Sse,
    [property: Label("单步误差标准差", "Deviation of one-step errors", DescriptionZh = "单步误差均方的平方根，单位同序列。", DescriptionEn = "Standard deviation of the one-step errors: root of their mean square.")] double Sigma,
    [property: Label("误差指标", "Error measures", DescriptionZh = "单步误差的度量。", DescriptionEn = "Measures of the one-step errors.")] ErrorMeasures Errors)
{
    internal static SmoothingResult Of(IReadOnlyList<double> series, Holt model, int horizon, bool fitted)
    {
        var (forecast, intervals) = model.Ahead(horizon);
        var errors = ErrorMeasures.Of(series, model.Errors, ErrorMeasures.NaiveScale(series));
        return new(forecast, intervals, forecast[0], model.Level, model.Trend, model.Smoothed, model.Alpha, model.Gamma, fitted, model.Sse, model.Sigma, errors);
    }
}
