using System.Text.Json;
using IndustryBrain.Sdk.Schemas;
using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Plugins.PriceOutlook.Tests;

public sealed class OutlookTests
{
    private readonly Outlook _component = new();

    [Fact]
    public async Task View_Arrays_AreAlignedAndJoined()
    {
        var output = await _component.OutputAsync(Input(dates: ["2026-01", "2026-02", "2026-03"], nextDates: ["2026-04", "2026-05", "2026-06"]));

        Assert.Equal(5, output.GetProperty("categories").GetArrayLength());
        Assert.Equal("2026-05", output.GetProperty("categories")[4].GetString());
        foreach (var name in (string[])["history", "smoothedLine", "forecastLine", "lower80", "upper80", "lower95", "upper95"])
        {
            Assert.Equal(5, output.GetProperty(name).GetArrayLength());
        }

        Assert.Equal(100, output.GetProperty("forecastLine")[2].GetDouble());
        Assert.Equal(100, output.GetProperty("upper95")[2].GetDouble());
        Assert.Equal(JsonValueKind.Null, output.GetProperty("history")[3].ValueKind);
        Assert.Equal("+10.00 % · 100", output.GetProperty("nextNote").GetString());
        Assert.Equal("10.00 % ≥ 5 %", output.GetProperty("alertNote").GetString());
        Assert.Equal(20, output.GetProperty("rows")[1].Number("changePct"), 1e-9);
    }

    [Fact]
    public async Task View_EachPointer_FindsItsValue()
    {
        var output = await _component.OutputAsync(Input());
        var kpis = (KpiTiles)_component.View.Elements[0];
        var chart = (Chart)_component.View.Elements[1];
        var table = _component.View.Elements.OfType<Table>().Single();

        Assert.All(kpis.Items, k => Assert.True(Finds(output, k.Value), k.Value));
        Assert.All(chart.Series, s => Assert.True(Finds(output, s.Values) && (s.Upper is null || Finds(output, s.Upper)), s.Values));
        Assert.All(table.Columns, c => Assert.True(Finds(output.GetProperty("rows")[0], c.Value), c.Value));
        Assert.NotEmpty(JsonSerializer.Serialize(_component.View, ComponentJson.Options));
    }

    [Theory]
    [InlineData(1.5, 0.4, null)]
    [InlineData(0.0, null, "constant")]
    [InlineData(null, 0.4, "zero")]
    [InlineData(null, null, "both")]
    public async Task View_MeasureThatIsAbsent_SaysWhy(double? mape, double? mase, string? why)
    {
        var facts = (await _component.OutputAsync(Input(mape: mape, mase: mase))).GetProperty("facts");
        var field = Assert.Single(_component.View.Elements.OfType<FieldList>().SelectMany(l => l.Fields), f => f.Value == "/facts/unmeasured");

        Assert.Equal(why, facts.TryGetProperty("unmeasured", out var given) ? given.GetString() : null);
        Assert.True(why is null || field.Labels.Any(l => l.Value == why && l.Text.En.Length > 0));
    }

    [Theory]
    [InlineData(99, 80, "below-zero")]
    [InlineData(200, 80, null)]
    [InlineData(99, -1, null)]
    public async Task View_IntervalBelowZeroOfPricesAboveZero_IsExplained(double spread, double first, string? expected)
    {
        var facts = (await _component.OutputAsync(Input(values: [first, 90, 100], lower95: spread - 100))).GetProperty("facts");

        Assert.Equal(expected, facts.TryGetProperty("bounds", out var bounds) ? bounds.GetString() : null);
    }

    [Theory]
    [InlineData(Outlook.MostHistory, null)]
    [InlineData(1500, "1261 – 1500 · 240 / 1,500")]
    public async Task View_MoreHistoryThanTheChartShows_IsSaid(int periods, string? expected)
    {
        var output = await _component.OutputAsync(Input(values: [.. Enumerable.Range(1, periods).Select(i => (double)i)]));

        Assert.Equal(expected, output.GetProperty("facts").TryGetProperty("shown", out var shown) ? shown.GetString() : null);
        Assert.Equal(Outlook.MostHistory + 2, output.GetProperty("categories").GetArrayLength());
    }

    [Theory]
    [InlineData(26.91463, "26.9146 – 125")]
    [InlineData(-4298.3123, "-4,298.31 – 125")]
    [InlineData(-68400.4, "-68,400 – 125")]
    [InlineData(0, "0 – 125")]
    public async Task View_BoundsOfTheLastPeriod_HaveTheDigitsOfTheTable(double lower, string expected) =>
        Assert.Equal(expected, (await _component.OutputAsync(Input(lastLower95: lower))).GetProperty("lastNote").GetString());

    [Fact]
    public async Task View_WithoutDates_NumbersThePeriods() =>
        Assert.Equal("4", (await _component.OutputAsync(Input())).GetProperty("rows")[0].GetProperty("period").GetString());

    [Fact]
    public async Task View_NothingToShow_IsRefused() =>
        Assert.Equal("IB7106", (await _component.RefusalAsync(Input(values: []))).Code);

    private static bool Finds(JsonElement element, string pointer)
    {
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!element.TryGetProperty(part, out element))
            {
                return false;
            }
        }

        return true;
    }

    private static object Input(double[]? values = null, string[]? dates = null, string[]? nextDates = null, double? mape = 1.5, double? mase = 0.4, double lower95 = 106, double lastLower95 = 115) => new
    {
        values = values ?? [80.0, 90, 100],
        smoothed = values ?? [80.0, 90, 100],
        forecast = new[] { 110.0, 120 },
        interval = new[] { new { lower80 = 108.0, upper80 = 112.0, lower95, upper95 = 114.0 }, new { lower80 = 117.0, upper80 = 123.0, lower95 = lastLower95, upper95 = 125.0 } },
        level = 100.0,
        trend = 10.0,
        warnPct = 5.0,
        alert = "warning",
        dates,
        nextDates,
        errors = new { mape, mase },
        usedAlpha = 0.5,
        usedGamma = 1.0,
    };
}
