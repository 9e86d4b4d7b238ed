using System.Diagnostics;

namespace IndustryBrain.Plugins.Forecasting.Tests;

public sealed class DoubleSmoothingTests
{
    private static readonly double[] Nist = [6.4, 5.6, 7.8, 8.8, 11.0, 11.6, 16.7, 15.3, 21.6, 22.4];

    private readonly DoubleSmoothing _component = new();

    [Fact]
    public async Task Forecast_NistSeries_MatchesReference()
    {
        var output = await _component.OutputAsync(new { series = Nist, horizon = 5, alpha = 0.3623, gamma = 1.0 });

        double[] expected = [25.7719, 28.7287, 31.6856, 34.6424, 37.5992];
        Assert.All(output.Numbers("forecast").Zip(expected), p => Assert.Equal(p.Second, p.First, 5e-5));
        Assert.Equal(22.8151, output.Number("level"), 5e-5);
        Assert.Equal(2.95684, output.Number("trend"), 5e-6);
        Assert.Equal(output.Numbers("forecast")[0], output.Number("next"));
        Assert.False(output.GetProperty("fitted").GetBoolean());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.0, 0.0)]
    [InlineData(0.2, 0.9)]
    [InlineData(1.0, 1.0)]
    public async Task Forecast_StraightLine_ContinuesIt(double? alpha, double? gamma)
    {
        var output = await _component.OutputAsync(new { series = new double[] { 10, 12, 14, 16, 18, 20, 22, 24 }, horizon = 3, alpha, gamma });

        double[] expected = [26, 28, 30];
        Assert.All(output.Numbers("forecast").Zip(expected), p => Assert.Equal(p.Second, p.First, 1e-9));
    }

    [Fact]
    public async Task Interval_GivenWeights_FollowsTheFormula()
    {
        const double Alpha = 0.3623, Gamma = 0.5;
        var output = await _component.OutputAsync(new { series = Nist, horizon = 4, alpha = Alpha, gamma = Gamma });

        var forecast = output.Numbers("forecast");
        var s = Math.Sqrt(output.Number("sse") / (Nist.Length - 1));
        var beta = Alpha * Gamma;
        for (var h = 1; h <= 4; h++)
        {
            var deviation = s * Math.Sqrt(1 + (h - 1) * (Alpha * Alpha + Alpha * beta * h + beta * beta * h * (2 * h - 1) / 6.0));
            var interval = output.GetProperty("interval")[h - 1];
            Assert.Equal(forecast[h - 1] - 1.2815515655446004 * deviation, interval.Number("lower80"), 1e-9);
            Assert.Equal(forecast[h - 1] + 1.2815515655446004 * deviation, interval.Number("upper80"), 1e-9);
            Assert.Equal(forecast[h - 1] - 1.959963984540054 * deviation, interval.Number("lower95"), 1e-9);
            Assert.Equal(forecast[h - 1] + 1.959963984540054 * deviation, interval.Number("upper95"), 1e-9);
        }
    }

    [Fact]
    public async Task Fit_NistSeries_NoGridPointIsBetter()
    {
        var fitted = (await _component.OutputAsync(new { series = Nist })).Number("sse");

        for (var alpha = 0.0; alpha <= 1; alpha += 0.1)
        {
            for (var gamma = 0.0; gamma <= 1; gamma += 0.1)
            {
                Assert.True(fitted <= (await _component.OutputAsync(new { series = Nist, alpha, gamma })).Number("sse") + 1e-9);
            }
        }
    }

    [Fact]
    public async Task Fit_OneWeightGiven_KeepsIt()
    {
        var output = await _component.OutputAsync(new { series = Nist, gamma = 0.25 });

        Assert.Equal(0.25, output.Number("usedGamma"));
        Assert.True(output.GetProperty("fitted").GetBoolean());
    }

    [Fact]
    public async Task Forecast_ConstantSeries_StaysWithoutWidth()
    {
        var output = await _component.OutputAsync(new { series = Enumerable.Repeat(7.5, 12).ToArray(), horizon = 2 });

        Assert.All(output.Numbers("forecast"), f => Assert.Equal(7.5, f, 1e-12));
        Assert.Equal(7.5, output.GetProperty("interval")[1].Number("lower95"), 1e-9);
        Assert.False(output.GetProperty("errors").TryGetProperty("mase", out _));
    }

    [Fact]
    public async Task Call_TooFewValues_SaysHowManyAreNeeded()
    {
        var failure = await _component.RefusalAsync(new { series = new[] { 1.0, 2, 3 } });

        Assert.Equal("IB7106", failure.Code);
        Assert.Contains("4", failure.Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public async Task Call_HorizonOutside_IsRefused(int horizon) =>
        Assert.Equal("IB7105", (await _component.RefusalAsync(new { series = Nist, horizon })).Code);

    [Theory]
    [InlineData(-0.1, 0.5)]
    [InlineData(0.5, 1.1)]
    public async Task Call_WeightOutside_IsRefused(double alpha, double gamma) =>
        Assert.Equal("IB7105", (await _component.RefusalAsync(new { series = Nist, alpha, gamma })).Code);

    [Fact]
    public async Task Call_HugeValue_IsRefusedByIndex()
    {
        var failure = await _component.RefusalAsync(new { series = new[] { 1.0, 2, 1e300, 4 } });

        Assert.Equal("IB7105", failure.Code);
        Assert.Equal("series[2]", failure.Where);
    }

    [Fact]
    public async Task Fit_HundredThousandValues_StaysWithinSeconds()
    {
        double[] series = [.. Enumerable.Range(0, 100_000).Select(i => 5000 + 0.02 * i + 300 * Math.Sin(i / 50.0) + 40 * Math.Sin(i * 12.9898))];
        var watch = Stopwatch.StartNew();

        var output = await _component.OutputAsync(new { series, horizon = 24 });

        TestContext.Current.TestOutputHelper?.WriteLine($"100 000 values fitted in {watch.ElapsedMilliseconds} ms");
        Assert.Equal(24, output.Numbers("forecast").Length);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), $"{watch.Elapsed}");
    }
}
