using System.Globalization;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Plugins.PriceOutlook;

/// <summary>Shows where a price is going: key figures, a chart with bands, a table, and what it rests on.</summary>
[Component("price-outlook.view", Zh = "价格走势看板", En = "Price outlook view",
    DescriptionZh = "把价格历史、预测、区间与预警排成关键数字、曲线和表。",
    DescriptionEn = "Arranges price history, forecast, interval and alert as key figures, a chart and a table.")]
public sealed class Outlook : ApplicationComponent<OutlookInput, OutlookOutput>
{
    /// <summary>Periods of history that the chart shows at most; the newest ones.</summary>
    public const int MostHistory = 240;
    private const double LargeFigure = 10_000;

    /// <inheritdoc />
    public override View View => OutlookView.View;

    /// <inheritdoc />
    protected override ValueTask<Result<OutlookOutput>> RunAsync(OutlookInput input, ComponentContext context, CancellationToken cancellationToken) => new(Arrange(input));

    private static Result<OutlookOutput> Arrange(OutlookInput input)
    {
        if (input.Values.Count == 0 || input.Forecast.Count == 0)
        {
            return Refusals.Few(input.Values.Count == 0 ? "values" : "forecast", 0, 1);
        }

        if (input.Interval.Count != input.Forecast.Count)
        {
            return Refusals.Few("interval", input.Interval.Count, input.Forecast.Count);
        }

        var shown = Math.Min(MostHistory, input.Values.Count);
        var first = input.Values.Count - shown;
        var last = input.Values[^1];
        OutlookRow[] rows = [.. input.Forecast.Select((f, i) => Row(input, i, f, last))];
        var final = rows[^1];

        return new OutlookOutput(
            rows[0].Value, Join(Percent(rows[0].ChangePct), Number(last)), final.Value, $"{Number(final.Lower95)} – {Number(final.Upper95)}",
            input.Errors?.Mape, input.Errors?.Mase is { } mase ? "MASE " + mase.ToString("0.00", CultureInfo.InvariantCulture) : null,
            input.Alert, AlertNote(rows[0].ChangePct, input.WarnPct), input.ValueUnit,
            [.. Enumerable.Range(first, shown).Select(i => Label(input, i)), .. rows.Select(r => r.Period)],
            [.. input.Values.Skip(first).Select(v => (double?)v), .. new double?[rows.Length]],
            // Smoothing may start later than the history does.
            [.. Enumerable.Range(first, shown).Select(i => i - (input.Values.Count - input.Smoothed.Count) is >= 0 and var at ? input.Smoothed[at] : (double?)null), .. new double?[rows.Length]],
            Joined(shown, last, rows, r => r.Value), Joined(shown, last, rows, r => r.Lower80), Joined(shown, last, rows, r => r.Upper80),
            Joined(shown, last, rows, r => r.Lower95), Joined(shown, last, rows, r => r.Upper95),
            rows, Facts(input));
    }

    private static OutlookRow Row(OutlookInput input, int index, double forecast, double last)
    {
        var period = index < (input.NextDates?.Count ?? 0) ? input.NextDates![index] : (input.Values.Count + index + 1).ToString(CultureInfo.InvariantCulture);
        var interval = input.Interval[index];
        return new(period, forecast, interval.Lower80, interval.Upper80, interval.Lower95, interval.Upper95, last == 0 ? null : (forecast / last - 1) * 100);
    }

    private static OutlookFacts Facts(OutlookInput input) => new(
        input.CommodityName,
        Label(input, input.Values.Count - 1),
        input.Values.Count,
        input.Level,
        input.Trend,
        input is { UsedAlpha: { } alpha, UsedGamma: { } gamma } ? string.Create(CultureInfo.InvariantCulture, $"α {alpha:0.####} · γ {gamma:0.####}") : null,
        input.Errors switch { { Mape: null, Mase: null } => "both", { Mape: null } => "zero", { Mase: null } => "constant", _ => null },
        input.Values.Count > MostHistory ? string.Create(CultureInfo.InvariantCulture, $"{Label(input, input.Values.Count - MostHistory)} – {Label(input, input.Values.Count - 1)} · {MostHistory} / {input.Values.Count:N0}") : null,
        input.Values.All(v => v > 0) && input.Interval.Any(i => i.Lower95 < 0) ? "below-zero" : null,
        input.WarnPct,
        input.Provenance is { } rule ? string.Create(CultureInfo.InvariantCulture, $"{rule.Version} · {rule.ValidFrom:yyyy-MM-dd} – {rule.ValidTo:yyyy-MM-dd}").TrimEnd() : null,
        input.Provenance?.Status switch { KnowledgeStatus.Confirmed => "confirmed", KnowledgeStatus.Unconfirmed => "unconfirmed", _ => null },
        input.Provenance?.Source);

    // The forecast and its bands begin at the last price, so that the lines meet.
    private static double?[] Joined(int shown, double last, OutlookRow[] rows, Func<OutlookRow, double> value) =>
        [.. new double?[shown - 1], last, .. rows.Select(r => (double?)value(r))];

    private static string Label(OutlookInput input, int index) =>
        index < (input.Dates?.Count ?? 0) ? input.Dates![index] : (index + 1).ToString(CultureInfo.InvariantCulture);

    private static string AlertNote(double? change, double threshold)
    {
        var size = change is { } value ? Math.Abs(value) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.00} % {(size >= threshold ? "≥" : "<")} {threshold:0.##} %");
    }

    private static string? Percent(double? value) => value?.ToString("+0.00 '%';-0.00 '%';0.00 '%'", CultureInfo.InvariantCulture);

    // Six significant digits, as the host shows the same values in tiles and tables; large figures without decimals.
    private static string Number(double value) => Math.Abs(value) switch
    {
        >= LargeFigure => value.ToString("#,0", CultureInfo.InvariantCulture),
        0 => "0",
        < 1e-6 => value.ToString("0.#####E+0", CultureInfo.InvariantCulture),
        var size => value.ToString((value == Math.Floor(value) ? "0." : "#,0.") + new string('#', Math.Clamp(5 - (int)Math.Floor(Math.Log10(size)), 0, 10)), CultureInfo.InvariantCulture),
    };

    private static string Join(string? change, string last) => change is null ? last : $"{change} · {last}";
}
