using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Triple exponential smoothing (Holt–Winters) of a series with trend and season, as R's <c>HoltWinters</c>.</summary>
[Component("forecasting.holt-winters", Zh = "三参数指数平滑（Holt–Winters）", En = "Triple exponential smoothing (Holt–Winters)",
    DescriptionZh = "对带趋势和季节的序列做三参数指数平滑（与 R 的 HoltWinters 一致），加法或乘法季节，带 80 % 与 95 % 区间。",
    DescriptionEn = "Smooths a series with trend and season as R's HoltWinters does, additive or multiplicative, with 80 % and 95 % intervals.")]
public sealed class TripleSmoothing : ToolComponent<TripleSmoothingInput, SeasonalResult>
{
    /// <inheritdoc />
    protected override ValueTask<Result<SeasonalResult>> RunAsync(TripleSmoothingInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        var horizon = input.Horizon ?? TripleSmoothingInput.DefaultHorizon;
        var seasonality = input.Seasonal ?? Seasonality.Additive;
        if (Check(input, horizon, seasonality) is { } failure)
        {
            return new(failure);
        }

        var model = Winters.Fit(input.Series, input.Period, seasonality == Seasonality.Multiplicative, input.Alpha, input.Beta, input.Gamma, cancellationToken);
        var (forecast, intervals) = model.Ahead(horizon);
        if (!double.IsFinite(model.Sse) || Array.Exists(forecast, f => !double.IsFinite(f)))
        {
            return new(Refusals.Infeasible("seasonal", new("乘法季节在这个序列上不收敛。", "Multiplicative seasons do not converge on this series.")) with { Action = new("请改用加法季节。", "Use additive seasons.") });
        }

        var errors = ErrorMeasures.Of(input.Series, model.Errors, ErrorMeasures.NaiveScale(input.Series, input.Period));
        return new(new SeasonalResult(
            forecast, intervals, model.Level, model.Trend, model.Seasonals, model.Smoothed,
            model.Alpha, model.Beta, model.Gamma, input.Alpha is null || input.Beta is null || input.Gamma is null, model.Sse, errors));
    }

    private static Failure? Check(TripleSmoothingInput input, int horizon, Seasonality seasonality) =>
        input.Period is < 2 or > 366
            ? Refusals.Range("period", input.Period, "[2, 366]")
            : Series.Check("series", input.Series, 2 * input.Period, seasonality == Seasonality.Multiplicative)
                ?? Series.CheckWeight("alpha", input.Alpha) ?? Series.CheckWeight("beta", input.Beta) ?? Series.CheckWeight("gamma", input.Gamma)
                ?? Series.CheckHorizon(horizon);
}

/// <summary>Input of triple smoothing.</summary>
/// <param name="Series">At least two seasons of finite values, oldest first, equally spaced.</param>
/// <param name="Period">Periods in a season, 2 to 366; 12 for months of a year.</param>
/// <param name="Horizon">Periods to forecast; 12 when absent.</param>
/// <param name="Seasonal">How the season acts; additive when absent.</param>
/// <param name="Alpha">Weight of the level, 0 to 1; fitted when absent.</param>
/// <param name="Beta">Weight of the trend, 0 to 1; fitted when absent.</param>
/// <param name="Gamma">Weight of the season, 0 to 1; fitted when absent.</param>
public sealed record TripleSmoothingInput(
    [property: Label("序列", "Series", DescriptionZh = "按时间先后、等间隔，至少两个季节周期。", DescriptionEn = "Oldest first, equally spaced, at least two seasons.")][property: Example("[112,118,132,129,121,135,148,148]")] IReadOnlyList<double> Series,
    [property: Label("季节周期", "Season length", DescriptionZh = "一个季节周期的期数，月度数据为 12。", DescriptionEn = "Periods in a season; 12 for months of a year.")][property: Unit("{period}")][property: Range(2, 366)][property: Example("4")] int Period,
    [property: Label("预测期数", "Horizon", DescriptionZh = "向后预测几期；不填为 12。", DescriptionEn = "Periods to forecast; 12 when absent.")][property: Unit("{period}")][property: Range(1, 24)] int? Horizon = TripleSmoothingInput.DefaultHorizon,
    [property: Label("季节方式", "Season type", DescriptionZh = "季节如何作用；不填为加法。", DescriptionEn = "How the season acts; additive when absent.")] Seasonality? Seasonal = Seasonality.Additive,
    [property: Label("水平系数 α", "Level weight α", DescriptionZh = "不填则自动拟合。", DescriptionEn = "Fitted when absent.")][property: Range(0.0, 1.0)] double? Alpha = null,
    [property: Label("趋势系数 β", "Trend weight β", DescriptionZh = "不填则自动拟合。", DescriptionEn = "Fitted when absent.")][property: Range(0.0, 1.0)] double? Beta = null,
    [property: Label("季节系数 γ", "Season weight γ", DescriptionZh = "不填则自动拟合。", DescriptionEn = "Fitted when absent.")][property: Range(0.0, 1.0)] double? Gamma = null)
{
    internal const int DefaultHorizon = 12;
}

/// <summary>What triple smoothing found.</summary>
/// <param name="Forecast">One value a future period.</param>
/// <param name="Interval">One interval a future period.</param>
/// <param name="Level">Last level.</param>
/// <param name="Trend">Last trend per period.</param>
/// <param name="Seasonals">Seasonal value of each of the next periods of one season: amounts (additive) or factors (multiplicative).</param>
/// <param name="Smoothed">One-step forecast of each value from the second season on.</param>
/// <param name="UsedAlpha">Weight of the level that was used.</param>
/// <param name="UsedBeta">Weight of the trend that was used.</param>
/// <param name="UsedGamma">Weight of the season that was used.</param>
/// <param name="Fitted">True when a weight was fitted.</param>
/// <param name="Sse">Sum of squared one-step errors.</param>
/// <param name="Errors">Measures of the one-step errors; MASE against the seasonal naive forecast.</param>
public sealed record SeasonalResult(
    [property: Label("预测值", "Forecast", DescriptionZh = "每个未来期一个值，单位同序列。", DescriptionEn = "One value a future period.")] IReadOnlyList<double> Forecast,
    [property: Label("预测区间", "Interval", DescriptionZh = "每个未来期一个区间。", DescriptionEn = "One interval a future period.")] IReadOnlyList<Interval> Interval,
    [property: Label("水平", "Level", DescriptionZh = "最后一期的水平，单位同序列。", DescriptionEn = "Last level.")] double Level,
    [property: Label("趋势", "Trend", DescriptionZh = "最后一期的每期趋势，单位同序列。", DescriptionEn = "Last trend per period.")] double Trend,
    [property: Label("季节值", "Seasonal values", DescriptionZh = "下一个季节周期各期的季节值：加法为数量，乘法为倍数。", DescriptionEn = "Seasonal value of each of the next periods of one season: amounts (additive) or factors (multiplicative).")] IReadOnlyList<double> Seasonals,
    [property: Label("拟合值", "Fitted values", DescriptionZh = "从第二个季节周期起每个值的单步预测。", DescriptionEn = "One-step forecast of each value from the second season on.")] IReadOnlyList<double> Smoothed,
    [property: Label("所用 α", "α used", DescriptionZh = "实际所用的水平系数。", DescriptionEn = "Weight of the level that was used.")] double UsedAlpha,
    [property: Label("所用 β", "β used", DescriptionZh = "实际所用的趋势系数。", DescriptionEn = "Weight of the trend that was used.")] double UsedBeta,
    [property: Label("所用 γ", "γ used", DescriptionZh = "实际所用的季节系数。", DescriptionEn = "Weight of the season that was used.")] double UsedGamma,
    [property: Label("参数由拟合得到", "Fitted", DescriptionZh = "有系数由拟合得到时为是。", DescriptionEn = "True when a weight was fitted.")] bool Fitted,
    [property: Label("误差平方和", "Sum of squared errors", DescriptionZh = "单步误差的平方和。", DescriptionEn = "Sum of squared one-step errors.")] double Sse,
    [property: Label("误差指标", "Error measures", DescriptionZh = "单步误差的度量；MASE 与季节朴素预测相比。", DescriptionEn = "Measures of the one-step errors; MASE against the seasonal naive forecast.")] ErrorMeasures Errors);
