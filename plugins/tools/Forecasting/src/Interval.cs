using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Where the value of one future period lies with 80 % and with 95 % probability, when the one-step errors are normal and independent.</summary>
/// <param name="Lower80">Lower end at 80 %.</param>
/// <param name="Upper80">Upper end at 80 %.</param>
/// <param name="Lower95">Lower end at 95 %.</param>
/// <param name="Upper95">Upper end at 95 %.</param>
public sealed record Interval(
    [property: Label("80 % 下限", "80 % lower", DescriptionZh = "80 % 区间的下限，单位同序列。", DescriptionEn = "Lower end at 80 %.")] double Lower80,
    [property: Label("80 % 上限", "80 % upper", DescriptionZh = "80 % 区间的上限，单位同序列。", DescriptionEn = "Upper end at 80 %.")] double Upper80,
    [property: Label("95 % 下限", "95 % lower", DescriptionZh = "95 % 区间的下限，单位同序列。", DescriptionEn = "Lower end at 95 %.")] double Lower95,
    [property: Label("95 % 上限", "95 % upper", DescriptionZh = "95 % 区间的上限，单位同序列。", DescriptionEn = "Upper end at 95 %.")] double Upper95)
{
    // Quantiles of the standard normal distribution at 0.9 and 0.975.
    private const double Z80 = 1.2815515655446004;
    private const double Z95 = 1.959963984540054;

    /// <summary>The interval around <paramref name="forecast"/> for a standard deviation.</summary>
    internal static Interval Around(double forecast, double deviation) =>
        new(forecast - Z80 * deviation, forecast + Z80 * deviation, forecast - Z95 * deviation, forecast + Z95 * deviation);
}
