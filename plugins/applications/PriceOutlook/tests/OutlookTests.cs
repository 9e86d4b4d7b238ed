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
        var table = (Table)_component.View.Elements[2];

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
        var field = Assert.Single(((FieldList)_component.View.Elements[3]).Fields, f => f.Value == "/facts/unmeasured");

        Assert.Equal(why, facts.TryGetProperty("unmeasured", out var given) ? given.GetString() : null);
        Assert.True(why is null || field.Labels.Any(l => l.Value == why && l.Text.En.Length > 0));
    }

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

    private static object Input(double[]? values = null, string[]? dates = null, string[]? nextDates = null, double? mape = 1.5, double? mase = 0.4) => new
    {
        values = values ?? [80.0, 90, 100],
        smoothed = values ?? [80.0, 90, 100],
        forecast = new[] { 110.0, 120 },
        interval = new[] { new { lower80 = 108.0, upper80 = 112.0, lower95 = 106.0, upper95 = 114.0 }, new { lower80 = 117.0, upper80 = 123.0, lower95 = 115.0, upper95 = 125.0 } },
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
