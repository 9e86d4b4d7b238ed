using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Forecasting;

/// <summary>Rolling-origin backtest: forecasts again and again from a growing part of the series and compares with what followed.</summary>
[Component("forecasting.backtest", Zh = "滚动回测", En = "Rolling backtest",
    DescriptionZh = "从逐步加长的历史反复预测，与其后的实际值比较，按预测步数给出误差。",
    DescriptionEn = "Forecasts again and again from a growing history, compares with what followed, and measures the errors by step ahead.")]
public sealed class Backtest : ToolComponent<BacktestInput, BacktestResult>
{
    /// <summary>Origins at most; more are thinned out evenly.</summary>
    public const int MostWindows = 200;

    /// <inheritdoc />
    protected override async ValueTask<Result<BacktestResult>> RunAsync(BacktestInput input, ComponentContext context, CancellationToken cancellationToken)
    {
        var horizon = input.Horizon ?? 1;
        var method = input.Method ?? SmoothingMethod.Des;
        var period = input.Period ?? 0;
        if (method == SmoothingMethod.HoltWinters && period is < 2 or > 366)
        {
            return input.Period is null ? Refusals.Missing("period") : Refusals.Range("period", period, "[2, 366]");
        }

        var least = method switch { SmoothingMethod.Ses => SingleSmoothing.Needed, SmoothingMethod.Des => DoubleSmoothing.Needed, _ => 2 * period };
        var first = Math.Max(least, input.Initial ?? Math.Max(least, input.Series.Count / 2));
        var positive = method == SmoothingMethod.HoltWinters && input.Seasonal == Seasonality.Multiplicative;
        if ((Series.CheckHorizon(horizon) ?? Series.Check("series", input.Series, first + horizon, positive)
            ?? Series.CheckWeight("alpha", input.Alpha) ?? Series.CheckWeight("beta", input.Beta) ?? Series.CheckWeight("gamma", input.Gamma)) is { } failure)
        {
            return failure;
        }

        int[] origins = [.. Origins(first, input.Series.Count - horizon)];
        double[] series = [.. input.Series];
        var errors = new double[horizon][];
        var actual = new double[horizon][];
        for (var h = 0; h < horizon; h++)
        {
            errors[h] = new double[origins.Length];
            actual[h] = new double[origins.Length];
        }

        for (var w = 0; w < origins.Length; w++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var forecast = Forecast(series.AsSpan(0, origins[w]).ToArray(), input, method, period, horizon, cancellationToken);
            for (var h = 0; h < horizon; h++)
            {
                actual[h][w] = series[origins[w] + h];
                errors[h][w] = actual[h][w] - forecast[h];
            }

            context.Report((w + 1.0) / origins.Length, new($"第 {w + 1} / {origins.Length} 个窗口", $"Window {w + 1} of {origins.Length}"));

            // Gives a cancellation and the progress report a chance between windows.
            await Task.Yield();
        }

        var scale = ErrorMeasures.NaiveScale(series, method == SmoothingMethod.HoltWinters ? period : 1);
        BacktestStep[] steps = [.. Enumerable.Range(0, horizon).Select(h => BacktestStep.Of(h + 1, ErrorMeasures.Of(actual[h], errors[h], scale)))];
        return new BacktestResult(origins.Length, steps, ErrorMeasures.Of([.. actual.SelectMany(a => a)], [.. errors.SelectMany(e => e)], scale));
    }

    private static IEnumerable<int> Origins(int first, int last)
    {
        var count = Math.Min(MostWindows, last - first + 1);
        return Enumerable.Range(0, count).Select(i => count == 1 ? last : first + (int)((long)i * (last - first) / (count - 1)));
    }

    private static double[] Forecast(double[] part, BacktestInput input, SmoothingMethod method, int period, int horizon, CancellationToken ct) => method switch
    {
        SmoothingMethod.Ses => Holt.Fit(part, input.Alpha, gamma: 0, withTrend: false, ct).Ahead(horizon).Forecast,
        SmoothingMethod.Des => Holt.Fit(part, input.Alpha, input.Gamma, withTrend: true, ct).Ahead(horizon).Forecast,
        _ => Winters.Fit(part, period, input.Seasonal == Seasonality.Multiplicative, input.Alpha, input.Beta, input.Gamma, ct).Ahead(horizon).Forecast,
    };
}

/// <summary>The smoothing that is tested.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SmoothingMethod>))]
public enum SmoothingMethod
{
    /// <summary>Single smoothing.</summary>
    [Label("单参数", "Single"), JsonStringEnumMemberName("ses")] Ses,

    /// <summary>Double smoothing (Holt).</summary>
    [Label("双参数（Holt）", "Double (Holt)"), JsonStringEnumMemberName("des")] Des,

    /// <summary>Triple smoothing (Holt–Winters).</summary>
    [Label("三参数（Holt–Winters）", "Triple (Holt–Winters)"), JsonStringEnumMemberName("holt-winters")] HoltWinters,
}

/// <summary>Input of the backtest.</summary>
/// <param name="Series">Finite values, oldest first, equally spaced.</param>
/// <param name="Method">Smoothing to test; double when absent.</param>
/// <param name="Horizon">Steps ahead to measure; 1 when absent.</param>
/// <param name="Initial">Values that the first forecast is made from; half of the series when absent, never fewer than the method needs.</param>
/// <param name="Period">Periods in a season; needed for triple smoothing only.</param>
/// <param name="Seasonal">How the season acts; additive when absent.</param>
/// <param name="Alpha">Weight of the level; fitted at each origin when absent.</param>
/// <param name="Beta">Weight of the trend of triple smoothing; fitted when absent.</param>
/// <param name="Gamma">Weight of the trend (double) or of the season (triple); fitted when absent.</param>
public sealed record BacktestInput(
    [property: Label("序列", "Series", DescriptionZh = "有限的数，旧的在前，等间隔。", DescriptionEn = "Finite values, oldest first, equally spaced.")][property: Example("[6.4,5.6,7.8,8.8,11.0,11.6,16.7,15.3,21.6,22.4]")] IReadOnlyList<double> Series,
    [property: Label("方法", "Method", DescriptionZh = "要检验的平滑方法；不填为双参数。", DescriptionEn = "Smoothing to test; double when absent.")] SmoothingMethod? Method = SmoothingMethod.Des,
    [property: Label("预测步数", "Steps ahead", DescriptionZh = "向前预测几步；不填为 1。", DescriptionEn = "Steps ahead to measure; 1 when absent.")][property: Unit("{period}")][property: Range(1, 24)] int? Horizon = 1,
    [property: Label("首个窗口长度", "First window", DescriptionZh = "不填则取序列的一半。", DescriptionEn = "Half of the series when absent.")][property: Unit("{period}")][property: Range(3, 1_000_000)] int? Initial = null,
    [property: Label("季节周期", "Season length", DescriptionZh = "一个季节周期的期数；只有三参数需要。", DescriptionEn = "Periods in a season; needed for triple smoothing only.")][property: Unit("{period}")][property: Range(2, 366)] int? Period = null,
    [property: Label("季节方式", "Season type", DescriptionZh = "季节如何作用；不填为加法。", DescriptionEn = "How the season acts; additive when absent.")] Seasonality? Seasonal = Seasonality.Additive,
    [property: Label("系数 α", "Weight α", DescriptionZh = "水平的系数；不填则逐窗口拟合。", DescriptionEn = "Weight of the level; fitted at each origin when absent.")][property: Range(0.0, 1.0)] double? Alpha = null,
    [property: Label("系数 β", "Weight β", DescriptionZh = "三参数的趋势系数；不填则拟合。", DescriptionEn = "Weight of the trend of triple smoothing; fitted when absent.")][property: Range(0.0, 1.0)] double? Beta = null,
    [property: Label("系数 γ", "Weight γ", DescriptionZh = "双参数的趋势系数或三参数的季节系数；不填则拟合。", DescriptionEn = "Weight of the trend (double) or of the season (triple); fitted when absent.")][property: Range(0.0, 1.0)] double? Gamma = null);

/// <summary>What the backtest found.</summary>
/// <param name="Windows">Origins that were forecast from.</param>
/// <param name="Steps">Errors by step ahead.</param>
/// <param name="Overall">Errors over all steps.</param>
public sealed record BacktestResult(
    [property: Label("窗口数", "Windows", DescriptionZh = "做过预测的起点个数。", DescriptionEn = "Origins that were forecast from.")][property: Unit("{window}")] int Windows,
    [property: Label("按步数的误差", "Errors by step ahead", DescriptionZh = "按步数分列的误差。", DescriptionEn = "Errors by step ahead.")] IReadOnlyList<BacktestStep> Steps,
    [property: Label("总误差", "Overall errors", DescriptionZh = "各步合计的误差。", DescriptionEn = "Errors over all steps.")] ErrorMeasures Overall);

/// <summary>Errors of one step ahead.</summary>
/// <param name="StepsAhead">Steps ahead, from 1.</param>
/// <param name="Mae">Mean absolute error.</param>
/// <param name="Rmse">Root of the mean squared error.</param>
/// <param name="Mape">Mean absolute percentage error in %; absent when an actual value is 0.</param>
/// <param name="Mase">Error relative to the naive forecast; absent when the series never changes.</param>
public sealed record BacktestStep(
    [property: Label("步数", "Steps ahead", DescriptionZh = "向前几步，从 1 起。", DescriptionEn = "Steps ahead, from 1.")][property: Unit("{period}")] int StepsAhead,
    [property: Label("MAE", "MAE", DescriptionZh = "平均绝对误差，单位同序列。", DescriptionEn = "Mean absolute error.")] double Mae,
    [property: Label("RMSE", "RMSE", DescriptionZh = "均方根误差，单位同序列。", DescriptionEn = "Root of the mean squared error.")] double Rmse,
    [property: Label("MAPE", "MAPE", DescriptionZh = "平均绝对百分比误差，%；实际值含 0 时不给出。", DescriptionEn = "Mean absolute percentage error in %; absent when an actual value is 0.")][property: Unit("%")] double? Mape,
    [property: Label("MASE", "MASE", DescriptionZh = "与朴素预测之比；序列不变时不给出。", DescriptionEn = "Error relative to the naive forecast; absent when the series never changes.")] double? Mase)
{
    internal static BacktestStep Of(int stepsAhead, ErrorMeasures measures) => new(stepsAhead, measures.Mae, measures.Rmse, measures.Mape, measures.Mase);
}
