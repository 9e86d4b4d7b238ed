using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.PriceOutlook;

/// <summary>What the outlook is made of.</summary>
/// <param name="Values">History, oldest first.</param>
/// <param name="Smoothed">Smoothed value of each period of the history.</param>
/// <param name="Forecast">One value a future period.</param>
/// <param name="Interval">One interval a future period.</param>
/// <param name="Level">Last smoothed level.</param>
/// <param name="Trend">Last smoothed trend per period.</param>
/// <param name="WarnPct">Warning threshold in %.</param>
/// <param name="Alert">normal or warning.</param>
/// <param name="Dates">Date of each value; numbers are shown when absent.</param>
/// <param name="NextDates">Dates of the future periods.</param>
/// <param name="Errors">Measures of the one-step errors.</param>
/// <param name="UsedAlpha">Weight of the level.</param>
/// <param name="UsedGamma">Weight of the trend.</param>
/// <param name="ValueUnit">Unit of the price.</param>
/// <param name="CommodityName">The commodity.</param>
/// <param name="Provenance">Where the threshold comes from.</param>
public sealed record OutlookInput(
    [property: Label("历史", "History")] IReadOnlyList<double> Values,
    [property: Label("平滑值", "Smoothed")] IReadOnlyList<double> Smoothed,
    [property: Label("预测值", "Forecast")] IReadOnlyList<double> Forecast,
    [property: Label("预测区间", "Interval")] IReadOnlyList<OutlookInterval> Interval,
    [property: Label("水平", "Level")] double Level,
    [property: Label("趋势", "Trend")] double Trend,
    [property: Label("预警阈值", "Threshold")][property: Unit("%")] double WarnPct,
    [property: Label("预警", "Alert")][property: Example("\"normal\"")] string Alert,
    [property: Label("日期", "Dates")] IReadOnlyList<string>? Dates = null,
    [property: Label("后续日期", "Next dates")] IReadOnlyList<string>? NextDates = null,
    [property: Label("误差指标", "Error measures")] OutlookErrors? Errors = null,
    [property: Label("所用 α", "α used")] double? UsedAlpha = null,
    [property: Label("所用 γ", "γ used")] double? UsedGamma = null,
    [property: Label("单位", "Unit")] string? ValueUnit = null,
    [property: Label("品种", "Commodity")] string? CommodityName = null,
    [property: Label("阈值出处", "Threshold provenance")] Provenance? Provenance = null);

/// <summary>Interval of one future period.</summary>
/// <param name="Lower80">Lower end at 80 %.</param>
/// <param name="Upper80">Upper end at 80 %.</param>
/// <param name="Lower95">Lower end at 95 %.</param>
/// <param name="Upper95">Upper end at 95 %.</param>
public sealed record OutlookInterval(
    [property: Label("80 % 下限", "80 % lower")] double Lower80,
    [property: Label("80 % 上限", "80 % upper")] double Upper80,
    [property: Label("95 % 下限", "95 % lower")] double Lower95,
    [property: Label("95 % 上限", "95 % upper")] double Upper95);

/// <summary>Measures of the one-step errors.</summary>
/// <param name="Mape">Mean absolute percentage error in %.</param>
/// <param name="Mase">Error relative to the naive forecast.</param>
public sealed record OutlookErrors(
    [property: Label("MAPE", "MAPE")][property: Unit("%")] double? Mape = null,
    [property: Label("MASE", "MASE")] double? Mase = null);
