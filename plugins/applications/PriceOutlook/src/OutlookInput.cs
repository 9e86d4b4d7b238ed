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
    [property: Label("历史", "History", DescriptionZh = "历史值，旧的在前。", DescriptionEn = "History, oldest first.")][property: Example("[80,90,100]")] IReadOnlyList<double> Values,
    [property: Label("平滑值", "Smoothed", DescriptionZh = "历史每一期的平滑值。", DescriptionEn = "Smoothed value of each period of the history.")][property: Example("[80,90,100]")] IReadOnlyList<double> Smoothed,
    [property: Label("预测值", "Forecast", DescriptionZh = "每个未来期一个值，单位同序列。", DescriptionEn = "One value a future period.")][property: Example("[110]")] IReadOnlyList<double> Forecast,
    [property: Label("预测区间", "Interval", DescriptionZh = "每个未来期一个区间。", DescriptionEn = "One interval a future period.")] IReadOnlyList<OutlookInterval> Interval,
    [property: Label("水平", "Level", DescriptionZh = "最后一期的平滑水平，单位同序列。", DescriptionEn = "Last smoothed level.")][property: Example("100")] double Level,
    [property: Label("趋势", "Trend", DescriptionZh = "最后一期的每期趋势，单位同序列。", DescriptionEn = "Last smoothed trend per period.")][property: Example("10")] double Trend,
    [property: Label("预警阈值", "Threshold", DescriptionZh = "预警阈值，%。", DescriptionEn = "Warning threshold in %.")][property: Unit("%")][property: Example("5")] double WarnPct,
    [property: Label("预警", "Alert", DescriptionZh = "normal 正常，warning 已触发。", DescriptionEn = "normal or warning.")][property: Example("\"normal\"")] string Alert,
    [property: Label("日期", "Dates", DescriptionZh = "每个值的日期；没有时显示序号。", DescriptionEn = "Date of each value; numbers are shown when absent.")] IReadOnlyList<string>? Dates = null,
    [property: Label("后续日期", "Next dates", DescriptionZh = "未来各期的日期。", DescriptionEn = "Dates of the future periods.")] IReadOnlyList<string>? NextDates = null,
    [property: Label("误差指标", "Error measures", DescriptionZh = "单步误差的度量。", DescriptionEn = "Measures of the one-step errors.")] OutlookErrors? Errors = null,
    [property: Label("所用 α", "α used", DescriptionZh = "水平的系数。", DescriptionEn = "Weight of the level.")] double? UsedAlpha = null,
    [property: Label("所用 γ", "γ used", DescriptionZh = "趋势的系数。", DescriptionEn = "Weight of the trend.")] double? UsedGamma = null,
    [property: Label("单位", "Unit", DescriptionZh = "价格的单位。", DescriptionEn = "Unit of the price.")] string? ValueUnit = null,
    [property: Label("品种", "Commodity", DescriptionZh = "品种。", DescriptionEn = "The commodity.")] string? CommodityName = null,
    [property: Label("阈值出处", "Threshold provenance", DescriptionZh = "阈值的出处。", DescriptionEn = "Where the threshold comes from.")] Provenance? Provenance = null);

/// <summary>Interval of one future period.</summary>
/// <param name="Lower80">Lower end at 80 %.</param>
/// <param name="Upper80">Upper end at 80 %.</param>
/// <param name="Lower95">Lower end at 95 %.</param>
/// <param name="Upper95">Upper end at 95 %.</param>
public sealed record OutlookInterval(
    [property: Label("80 % 下限", "80 % lower", DescriptionZh = "80 % 区间的下限，单位同序列。", DescriptionEn = "Lower end at 80 %.")][property: Example("108")] double Lower80,
    [property: Label("80 % 上限", "80 % upper", DescriptionZh = "80 % 区间的上限，单位同序列。", DescriptionEn = "Upper end at 80 %.")][property: Example("112")] double Upper80,
    [property: Label("95 % 下限", "95 % lower", DescriptionZh = "95 % 区间的下限，单位同序列。", DescriptionEn = "Lower end at 95 %.")][property: Example("106")] double Lower95,
    [property: Label("95 % 上限", "95 % upper", DescriptionZh = "95 % 区间的上限，单位同序列。", DescriptionEn = "Upper end at 95 %.")][property: Example("114")] double Upper95);

/// <summary>Measures of the one-step errors.</summary>
/// <param name="Mape">Mean absolute percentage error in %.</param>
/// <param name="Mase">Error relative to the naive forecast.</param>
public sealed record OutlookErrors(
    [property: Label("MAPE", "MAPE", DescriptionZh = "平均绝对百分比误差，%。", DescriptionEn = "Mean absolute percentage error in %.")][property: Unit("%")] double? Mape = null,
    [property: Label("MASE", "MASE", DescriptionZh = "与朴素预测之比。", DescriptionEn = "Error relative to the naive forecast.")] double? Mase = null);
