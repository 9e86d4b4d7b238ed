using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.PriceOutlook;

/// <summary>The outlook as its view shows it; arrays of the chart are aligned with the categories.</summary>
/// <param name="NextValue">Forecast of the next period.</param>
/// <param name="NextNote">Its change against the last price, and that price.</param>
/// <param name="LastValue">Forecast of the last period.</param>
/// <param name="LastNote">Its 95 % interval.</param>
/// <param name="MapePct">Mean absolute percentage error in %.</param>
/// <param name="MapeNote">MASE.</param>
/// <param name="AlertState">normal or warning.</param>
/// <param name="AlertNote">Change against threshold.</param>
/// <param name="PriceUnit">Unit of the price.</param>
/// <param name="Categories">Labels along the time axis: history, then future.</param>
/// <param name="History">Prices.</param>
/// <param name="SmoothedLine">Smoothed prices.</param>
/// <param name="ForecastLine">Forecasts, joined to the last price.</param>
/// <param name="Lower80">Lower end of the 80 % band.</param>
/// <param name="Upper80">Upper end of the 80 % band.</param>
/// <param name="Lower95">Lower end of the 95 % band.</param>
/// <param name="Upper95">Upper end of the 95 % band.</param>
/// <param name="Rows">The table of forecasts.</param>
/// <param name="Facts">Where it comes from.</param>
public sealed record OutlookOutput(
    [property: Label("下期预测", "Next period", DescriptionZh = "下一期的预测值。", DescriptionEn = "Forecast of the next period.")] double NextValue,
    [property: Label("下期涨跌", "Change next period", DescriptionZh = "与最新价相比的涨跌，以及最新价。", DescriptionEn = "Its change against the last price, and that price.")] string NextNote,
    [property: Label("末期预测", "Last period", DescriptionZh = "最后一期的预测值。", DescriptionEn = "Forecast of the last period.")] double LastValue,
    [property: Label("末期区间", "Interval of the last period", DescriptionZh = "它的 95 % 区间。", DescriptionEn = "Its 95 % interval.")] string LastNote,
    [property: Label("MAPE", "MAPE", DescriptionZh = "平均绝对百分比误差，%。", DescriptionEn = "Mean absolute percentage error in %.")][property: Unit("%")] double? MapePct,
    [property: Label("MASE", "MASE", DescriptionZh = "MASE 的文字。", DescriptionEn = "MASE.")] string? MapeNote,
    [property: Label("预警", "Alert", DescriptionZh = "normal 正常，warning 已触发。", DescriptionEn = "normal or warning.")] string AlertState,
    [property: Label("涨跌与阈值", "Change and threshold", DescriptionZh = "涨跌与阈值的比较。", DescriptionEn = "Change against threshold.")] string AlertNote,
    [property: Label("单位", "Unit", DescriptionZh = "价格的单位。", DescriptionEn = "Unit of the price.")] string? PriceUnit,
    [property: Label("时间轴", "Time axis", DescriptionZh = "时间轴上的标签：先历史，后未来。", DescriptionEn = "Labels along the time axis: history, then future.")] IReadOnlyList<string> Categories,
    [property: Label("历史", "History", DescriptionZh = "价格。", DescriptionEn = "Prices.")] IReadOnlyList<double?> History,
    [property: Label("平滑", "Smoothed", DescriptionZh = "平滑后的价格。", DescriptionEn = "Smoothed prices.")] IReadOnlyList<double?> SmoothedLine,
    [property: Label("预测", "Forecast", DescriptionZh = "预测值，从最新价接起。", DescriptionEn = "Forecasts, joined to the last price.")] IReadOnlyList<double?> ForecastLine,
    [property: Label("80 % 下限", "80 % lower", DescriptionZh = "80 % 带的下沿。", DescriptionEn = "Lower end of the 80 % band.")] IReadOnlyList<double?> Lower80,
    [property: Label("80 % 上限", "80 % upper", DescriptionZh = "80 % 带的上沿。", DescriptionEn = "Upper end of the 80 % band.")] IReadOnlyList<double?> Upper80,
    [property: Label("95 % 下限", "95 % lower", DescriptionZh = "95 % 带的下沿。", DescriptionEn = "Lower end of the 95 % band.")] IReadOnlyList<double?> Lower95,
    [property: Label("95 % 上限", "95 % upper", DescriptionZh = "95 % 带的上沿。", DescriptionEn = "Upper end of the 95 % band.")] IReadOnlyList<double?> Upper95,
    [property: Label("预测表", "Forecast table", DescriptionZh = "逐期的预测表。", DescriptionEn = "The table of forecasts.")] IReadOnlyList<OutlookRow> Rows,
    [property: Label("依据", "Basis", DescriptionZh = "结果的依据。", DescriptionEn = "Where it comes from.")] OutlookFacts Facts);

/// <summary>One future period.</summary>
/// <param name="Period">Its date or number.</param>
/// <param name="Value">Forecast.</param>
/// <param name="Lower80">Lower end at 80 %.</param>
/// <param name="Upper80">Upper end at 80 %.</param>
/// <param name="Lower95">Lower end at 95 %.</param>
/// <param name="Upper95">Upper end at 95 %.</param>
/// <param name="ChangePct">Change against the last price in %; absent when that is 0.</param>
public sealed record OutlookRow(
    [property: Label("时期", "Period", DescriptionZh = "这一期的日期或序号。", DescriptionEn = "Its date or number.")] string Period,
    [property: Label("预测", "Forecast", DescriptionZh = "预测值。", DescriptionEn = "Forecast.")] double Value,
    [property: Label("80 % 下限", "80 % lower", DescriptionZh = "80 % 区间的下限，单位同序列。", DescriptionEn = "Lower end at 80 %.")] double Lower80,
    [property: Label("80 % 上限", "80 % upper", DescriptionZh = "80 % 区间的上限，单位同序列。", DescriptionEn = "Upper end at 80 %.")] double Upper80,
    [property: Label("95 % 下限", "95 % lower", DescriptionZh = "95 % 区间的下限，单位同序列。", DescriptionEn = "Lower end at 95 %.")] double Lower95,
    [property: Label("95 % 上限", "95 % upper", DescriptionZh = "95 % 区间的上限，单位同序列。", DescriptionEn = "Upper end at 95 %.")] double Upper95,
    [property: Label("比最新价", "Change", DescriptionZh = "与最新价相比的涨跌，%；最新价为 0 时不给出。", DescriptionEn = "Change against the last price in %; absent when that is 0.")][property: Unit("%")] double? ChangePct);

/// <summary>What the outlook rests on.</summary>
/// <param name="Commodity">The commodity.</param>
/// <param name="DataTo">Date or number of the newest price.</param>
/// <param name="Periods">Periods of history.</param>
/// <param name="Level">Last smoothed level.</param>
/// <param name="Trend">Last smoothed trend per period.</param>
/// <param name="Weights">Weights used.</param>
/// <param name="Unmeasured">Why error measures are absent: zero, constant or both; absent when they are given.</param>
/// <param name="Shown">How many of the newest periods the chart shows, and of how many, when it does not show all.</param>
/// <param name="Bounds">below-zero when an interval of prices above 0 falls below 0; else absent.</param>
/// <param name="ThresholdPct">Warning threshold in %.</param>
/// <param name="RuleVersion">Version of the threshold rule and its validity.</param>
/// <param name="RuleStatus">confirmed or unconfirmed.</param>
/// <param name="RuleSource">Source of the threshold rule.</param>
public sealed record OutlookFacts(
    [property: Label("品种", "Commodity", DescriptionZh = "品种。", DescriptionEn = "The commodity.")] string? Commodity,
    [property: Label("数据截至", "Data up to", DescriptionZh = "最新价的日期或序号。", DescriptionEn = "Date or number of the newest price.")] string DataTo,
    [property: Label("历史期数", "Periods of history", DescriptionZh = "历史的期数。", DescriptionEn = "Periods of history.")] int Periods,
    [property: Label("水平", "Level", DescriptionZh = "最后一期的平滑水平，单位同序列。", DescriptionEn = "Last smoothed level.")] double Level,
    [property: Label("趋势", "Trend", DescriptionZh = "最后一期的每期趋势，单位同序列。", DescriptionEn = "Last smoothed trend per period.")] double Trend,
    [property: Label("系数", "Weights", DescriptionZh = "所用的系数。", DescriptionEn = "Weights used.")] string? Weights,
    [property: Label("误差指标", "Error measures", DescriptionZh = "误差指标为何不给出：zero 实际值含 0，constant 序列没有变化，both 两者都是；都给出时没有这一项。", DescriptionEn = "Why error measures are absent: zero, constant or both; absent when they are given.")] string? Unmeasured,
    [property: Label("图中的历史", "History in the chart", DescriptionZh = "图没有画出全部历史时：最新的期数 / 全部期数。", DescriptionEn = "When the chart does not show all: the newest periods / all periods.")] string? Shown,
    [property: Label("区间说明", "Bounds", DescriptionZh = "价格都大于 0 而区间低于 0 时为 below-zero。", DescriptionEn = "below-zero when an interval of prices above 0 falls below 0.")] string? Bounds,
    [property: Label("预警阈值", "Threshold", DescriptionZh = "预警阈值，%。", DescriptionEn = "Warning threshold in %.")][property: Unit("%")] double ThresholdPct,
    [property: Label("规则版本", "Rule version", DescriptionZh = "阈值规则的版本与有效期。", DescriptionEn = "Version of the threshold rule and its validity.")] string? RuleVersion,
    [property: Label("规则状态", "Rule status", DescriptionZh = "confirmed 已确认，unconfirmed 未确认。", DescriptionEn = "confirmed or unconfirmed.")] string? RuleStatus,
    [property: Label("规则来源", "Rule source", DescriptionZh = "阈值规则的来源。", DescriptionEn = "Source of the threshold rule.")] string? RuleSource);
