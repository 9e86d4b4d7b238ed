using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Single exponential smoothing (NIST e-Handbook 6.4.3.1) of a series without trend: Sₜ = αyₜ + (1−α)Sₜ₋₁, S₁ = y₁.</summary>
[Component("forecasting.ses", Zh = "单参数指数平滑", En = "Single exponential smoothing",
    DescriptionZh = "对没有趋势的序列做指数平滑，预测值为最后的水平，带 80 % 与 95 % 区间。",
    DescriptionEn = "Smooths a series without trend; the forecast is the last level, with 80 % and 95 % intervals.")]
public sealed class SingleSmoothing : ToolComponent<SingleSmoothingInput, SmoothingResult>
{
    /// <summary>Values that are needed at least.</summary>
    public const int Needed = 3;

    /// <inheritdoc />
    protected override ValueTask<Result<SmoothingResult>> RunAsync(SingleSmoothingInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        if ((Series.Check("series", input.Series, Needed) ?? Series.CheckWeight("alpha", input.Alpha) ?? Series.CheckHorizon(input.Horizon ?? SingleSmoothingInput.DefaultHorizon)) is { } failure)
        {
            return new(failure);
        }

        var model = Holt.Fit(input.Series, input.Alpha, gamma: 0, withTrend: false, cancellationToken);
        return new(SmoothingResult.Of(input.Series, model, input.Horizon ?? SingleSmoothingInput.DefaultHorizon, fitted: input.Alpha is null));
    }
}

/// <summary>Input of single smoothing.</summary>
/// <param name="Series">At least 3 finite values, oldest first, equally spaced.</param>
/// <param name="Horizon">Periods to forecast; 5 when absent.</param>
/// <param name="Alpha">Weight of the newest value, 0 to 1; fitted when absent.</param>
public sealed record SingleSmoothingInput(
    [property: Label("序列", "Series", DescriptionZh = "按时间先后、等间隔。", DescriptionEn = "Oldest first, equally spaced.")][property: Example("[6.4,5.6,7.8,8.8,11.0,11.6]")] IReadOnlyList<double> Series,
    [property: Label("预测期数", "Horizon", DescriptionZh = "向后预测几期；不填为 5。", DescriptionEn = "Periods to forecast; 5 when absent.")][property: Unit("{period}")][property: Range(1, 24)] int? Horizon = SingleSmoothingInput.DefaultHorizon,
    [property: Label("水平系数 α", "Level weight α", DescriptionZh = "不填则自动拟合。", DescriptionEn = "Fitted when absent.")][property: Range(0.0, 1.0)] double? Alpha = null)
{
    internal const int DefaultHorizon = 5;
}
