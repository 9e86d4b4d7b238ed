namespace IndustryBrain.Plugins.PriceAlerts.Tests;

public sealed class ThresholdTests
{
    private readonly Threshold _component = new();

    [Theory]
    [InlineData(null, 5, true)]
    [InlineData("", 5, true)]
    [InlineData("某种材料", 5, true)]
    [InlineData("电解铝", 3, false)]
    [InlineData("ALUMINUM", 3, false)]
    public async Task Ask_ByCommodity_GivesItsThresholdOrTheDefault(string? commodity, double expected, bool isDefault)
    {
        var output = await _component.OutputAsync(new { commodity, asOf = "2026-11-20" });

        Assert.Equal(expected, output.Number("warnPct"));
        Assert.Equal(isDefault, output.GetProperty("isDefault").GetBoolean());
        Assert.Equal("2026.1", output.GetProperty("provenance").GetProperty("version").GetString());
        Assert.Equal("unconfirmed", output.GetProperty("provenance").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Ask_EarlierDate_TakesTheEditionOfThatDate()
    {
        var output = await _component.OutputAsync(new { commodity = "电解铝", asOf = "2023-05-01" });

        Assert.Equal(5, output.Number("warnPct"));
        Assert.Equal("2020.1", output.GetProperty("provenance").GetProperty("version").GetString());
    }

    [Fact]
    public async Task Ask_WithoutDate_TakesTheDayOfTheCall() =>
        Assert.Equal(5, (await _component.OutputAsync(new { })).Number("warnPct"));

    [Fact]
    public async Task Ask_BeforeTheFirstEdition_SaysWhatExists()
    {
        var failure = await _component.RefusalAsync(new { asOf = "2019-12-31" });

        Assert.Equal("IB7107", failure.Code);
        Assert.Contains("2020.1", failure.Action!.Zh, StringComparison.Ordinal);
    }
}
