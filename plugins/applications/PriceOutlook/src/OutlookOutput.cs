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
    [property: Label("下期预测", "Next period")] double NextValue,
    [property: Label("下期涨跌", "Change next period")] string NextNote,
    [property: Label("末期预测", "Last period")] double LastValue,
    [property: Label("末期区间", "Interval of the last period")] string LastNote,
    [property: Label("MAPE", "MAPE")][property: Unit("%")] double? MapePct,
    [property: Label("MASE", "MASE")] string? MapeNote,
    [property: Label("预警", "Alert")] string AlertState,
    [property: Label("涨跌与阈值", "Change and threshold")] string AlertNote,
    [property: Label("单位", "Unit")] string? PriceUnit,
    [property: Label("时间轴", "Time axis")] IReadOnlyList<string> Categories,
    [property: Label("历史", "History")] IReadOnlyList<double?> History,
    [property: Label("平滑", "Smoothed")] IReadOnlyList<double?> SmoothedLine,
    [property: Label("预测", "Forecast")] IReadOnlyList<double?> ForecastLine,
    [property: Label("80 % 下限", "80 % lower")] IReadOnlyList<double?> Lower80,
    [property: Label("80 % 上限", "80 % upper")] IReadOnlyList<double?> Upper80,
    [property: Label("95 % 下限", "95 % lower")] IReadOnlyList<double?> Lower95,
    [property: Label("95 % 上限", "95 % upper")] IReadOnlyList<double?> Upper95,
    [property: Label("预测表", "Forecast table")] IReadOnlyList<OutlookRow> Rows,
    [property: Label("依据", "Basis")] OutlookFacts Facts);

/// <summary>One future period.</summary>
/// <param name="Period">Its date or number.</param>
/// <param name="Value">Forecast.</param>
/// <param name="Lower80">Lower end at 80 %.</param>
/// <param name="Upper80">Upper end at 80 %.</param>
/// <param name="Lower95">Lower end at 95 %.</param>
/// <param name="Upper95">Upper end at 95 %.</param>
/// <param name="ChangePct">Change against the last price in %; absent when that is 0.</param>
public sealed record OutlookRow(
    [property: Label("时期", "Period")] string Period,
    [property: Label("预测", "Forecast")] double Value,
    [property: Label("80 % 下限", "80 % lower")] double Lower80,
    [property: Label("80 % 上限", "80 % upper")] double Upper80,
    [property: Label("95 % 下限", "95 % lower")] double Lower95,
    [property: Label("95 % 上限", "95 % upper")] double Upper95,
    [property: Label("比最新价", "Change")][property: Unit("%")] double? ChangePct);

/// <summary>What the outlook rests on.</summary>
/// <param name="Commodity">The commodity.</param>
/// <param name="DataTo">Date or number of the newest price.</param>
/// <param name="Periods">Periods of history.</param>
/// <param name="Level">Last smoothed level.</param>
/// <param name="Trend">Last smoothed trend per period.</param>
/// <param name="Weights">Weights used.</param>
/// <param name="ThresholdPct">Warning threshold in %.</param>
/// <param name="RuleVersion">Version of the threshold rule and its validity.</param>
/// <param name="RuleStatus">confirmed or unconfirmed.</param>
/// <param name="RuleSource">Source of the threshold rule.</param>
public sealed record OutlookFacts(
    [property: Label("品种", "Commodity")] string? Commodity,
    [property: Label("数据截至", "Data up to")] string DataTo,
    [property: Label("历史期数", "Periods of history")] int Periods,
    [property: Label("水平", "Level")] double Level,
    [property: Label("趋势", "Trend")] double Trend,
    [property: Label("系数", "Weights")] string? Weights,
    [property: Label("预警阈值", "Threshold")][property: Unit("%")] double ThresholdPct,
    [property: Label("规则版本", "Rule version")] string? RuleVersion,
    [property: Label("规则状态", "Rule status")] string? RuleStatus,
    [property: Label("规则来源", "Rule source")] string? RuleSource);
