using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Plugins.PriceOutlook;

/// <summary>How the outlook is shown.</summary>
internal static class OutlookView
{
    private static readonly IReadOnlyList<ValueLabel> Alerts =
    [
        new("warning", new("已触发", "Triggered"), "warning"),
        new("normal", new("正常", "Normal"), "success"),
    ];

    private static readonly IReadOnlyList<ValueLabel> Statuses =
    [
        new("confirmed", new("已确认", "Confirmed"), "success"),
        new("unconfirmed", new("未确认", "Unconfirmed"), "warning"),
    ];

    private static readonly IReadOnlyList<ValueLabel> Unmeasured =
    [
        new("zero", new("实际值含 0，MAPE 没有意义，不给出", "MAPE is not given: it means nothing where an actual value is 0"), "info"),
        new("constant", new("序列没有变化，MASE 没有意义，不给出", "MASE is not given: it means nothing for a series that never changes"), "info"),
        new("both", new("序列没有变化且为 0，MAPE 与 MASE 没有意义，不给出", "MAPE and MASE are not given: they mean nothing for a series of zeros"), "info"),
    ];

    private static readonly IReadOnlyList<ValueLabel> Bounds =
    [
        new("below-zero", new("区间下限低于 0：公式按对称误差计算，不知道价格都大于 0；低于 0 的部分请按 0 理解", "The lower end falls below 0: the formula takes errors as symmetric and does not know that prices are above 0; read what lies below 0 as 0"), "info"),
    ];

    public static View View { get; } = new(new("原材料价格走势研判", "Raw-material price outlook"),
    [
        new KpiTiles(
        [
            new(new("下期预测", "Next period"), "/nextValue") { UnitPointer = "/priceUnit", Note = "/nextNote" },
            new(new("末期预测 · 95 % 区间", "Last period · 95 % interval"), "/lastValue") { UnitPointer = "/priceUnit", Note = "/lastNote" },
            new(new("拟合误差 MAPE", "Fit error MAPE"), "/mapePct") { Unit = "%", Format = "N2", Note = "/mapeNote" },
            new(new("价格预警", "Price alert"), "/alertState") { Note = "/alertNote", Labels = Alerts },
        ]),
        new Chart(new("价格与预测", "Price and forecast"), "line", "/categories",
        [
            new(new("实际", "Actual"), "/history", SeriesRole.Actual),
            new(new("平滑", "Smoothed"), "/smoothedLine", SeriesRole.Fitted),
            new(new("预测", "Forecast"), "/forecastLine", SeriesRole.Forecast),
            new(new("80 % 区间", "80 % interval"), "/lower80", SeriesRole.Band) { Upper = "/upper80" },
            new(new("95 % 区间", "95 % interval"), "/lower95", SeriesRole.Band) { Upper = "/upper95" },
        ]) { UnitPointer = "/priceUnit", CategoryLabel = new("时期", "Period") },
        new FieldList(new("读图说明", "How to read it"),
        [
            new(new("图中的历史", "History in the chart"), "/facts/shown"),
            new(new("预测区间", "Interval"), "/facts/bounds") { Labels = Bounds },
        ]),
        new Table(new("预测值", "Forecast"), "/rows",
        [
            new(new("时期", "Period"), "/period"),
            new(new("预测", "Forecast"), "/value"),
            new(new("80 % 下限", "80 % lower"), "/lower80"),
            new(new("80 % 上限", "80 % upper"), "/upper80"),
            new(new("95 % 下限", "95 % lower"), "/lower95"),
            new(new("95 % 上限", "95 % upper"), "/upper95"),
            new(new("比最新价", "Change"), "/changePct") { Unit = "%", Format = "N2" },
        ]),
        new FieldList(new("依据", "Basis"),
        [
            new(new("品种", "Commodity"), "/facts/commodity"),
            new(new("数据截至", "Data up to"), "/facts/dataTo"),
            new(new("历史期数", "Periods of history"), "/facts/periods"),
            new(new("水平", "Level"), "/facts/level"),
            new(new("每期趋势", "Trend per period"), "/facts/trend"),
            new(new("平滑系数", "Smoothing weights"), "/facts/weights"),
            new(new("误差指标", "Error measures"), "/facts/unmeasured") { Labels = Unmeasured },
            new(new("预警阈值", "Alert threshold"), "/facts/thresholdPct") { Unit = "%" },
            new(new("规则版本与有效期", "Rule version and validity"), "/facts/ruleVersion"),
            new(new("规则状态", "Rule status"), "/facts/ruleStatus") { Labels = Statuses },
            new(new("规则来源", "Rule source"), "/facts/ruleSource"),
        ]),
    ]);
}
