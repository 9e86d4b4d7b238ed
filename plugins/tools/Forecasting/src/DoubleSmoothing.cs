using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Double exponential smoothing (Holt; NIST e-Handbook 6.4.3.3) of a series with trend; the initial trend is the mean of the first three differences.</summary>
[Component("forecasting.des", Zh = "双参数指数平滑（Holt）", En = "Double exponential smoothing (Holt)",
    DescriptionZh = "对带趋势的序列做双参数指数平滑，系数可给定或按误差平方和最小拟合，带 80 % 与 95 % 区间。",
    DescriptionEn = "Smooths a series with trend; weights are given or fitted to the least sum of squared errors; with 80 % and 95 % intervals.")]
public sealed class DoubleSmoothing : ToolComponent<DoubleSmoothingInput, SmoothingResult>
{
    /// <summary>Values that are needed at least: the initial trend takes three differences.</summary>
    public const int Needed = 4;

    /// <inheritdoc />
    protected override ValueTask<Result<SmoothingResult>> RunAsync(DoubleSmoothingInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        var horizon = input.Horizon ?? DoubleSmoothingInput.DefaultHorizon;
        if ((Series.Check("series", input.Series, Needed) ?? Series.CheckWeight("alpha", input.Alpha) ?? Series.CheckWeight("gamma", input.Gamma) ?? Series.CheckHorizon(horizon)) is { } failure)
        {
            return new(failure);
        }

        var model = Holt.Fit(input.Series, input.Alpha, input.Gamma, withTrend: true, cancellationToken);
        return new(SmoothingResult.Of(input.Series, model, horizon, fitted: input.Alpha is null || input.Gamma is null));
    }
}

/// <summary>Input of double smoothing.</summary>
/// <param name="Series">At least 4 finite values, oldest first, equally spaced.</param>
/// <param name="Horizon">Periods to forecast; 5 when absent.</param>
/// <param name="Alpha">Weight of the level, 0 to 1; fitted when absent.</param>
/// <param name="Gamma">Weight of the trend, 0 to 1; fitted when absent.</param>
public sealed record DoubleSmoothingInput(
    [property: Label("序列", "Series", DescriptionZh = "按时间先后、等间隔。", DescriptionEn = "Oldest first, equally spaced.")][property: Example("[6.4,5.6,7.8,8.8,11.0,11.6,16.7,15.3,21.6,22.4]")] IReadOnlyList<double> Series,
    [property: Label("预测期数", "Horizon", DescriptionZh = "向后预测几期；不填为 5。", DescriptionEn = "Periods to forecast; 5 when absent.")][property: Unit("{period}")][property: Range(1, 24)] int? Horizon = DoubleSmoothingInput.DefaultHorizon,
    [property: Label("水平系数 α", "Level weight α", DescriptionZh = "不填则自动拟合。", DescriptionEn = "Fitted when absent.")][property: Range(0.0, 1.0)][property: Example("0.3623")] double? Alpha = null,
    [property: Label("趋势系数 γ", "Trend weight γ", DescriptionZh = "不填则自动拟合。", DescriptionEn = "Fitted when absent.")][property: Range(0.0, 1.0)][property: Example("1")] double? Gamma = null)
{
    internal const int DefaultHorizon = 5;
}
