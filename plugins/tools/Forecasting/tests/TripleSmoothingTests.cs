using System.Diagnostics;

namespace IndustryBrain.Plugins.Forecasting.Tests;

public sealed class TripleSmoothingTests
{
    private static readonly double[] AirPassengers =
    [
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
        145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
        196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
        242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
        315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
        360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
    ];

    private readonly TripleSmoothing _component = new();

    [Fact]
    public async Task Forecast_AirPassengers_MatchesR()
    {
        var output = await _component.OutputAsync(new { series = AirPassengers, period = 12, seasonal = "multiplicative", alpha = 0.2755925, beta = 0.03269295, gamma = 0.8707292, horizon = 12 });

        Assert.Equal(469.32322, output.Number("level"), 1e-5);
        Assert.Equal(3.0215391, output.Number("trend"), 1e-5);
        var seasonals = output.Numbers("seasonals");
        Assert.Equal(0.9464611, seasonals[0], 1e-5);
        Assert.Equal(1.3590777, seasonals[6], 1e-5);
        Assert.Equal(0.9209877, seasonals[11], 1e-5);
        Assert.Equal(16570.78, output.Number("sse"), 0.01);
        var forecast = output.Numbers("forecast");
        Assert.Equal(447.056, forecast[0], 1e-3);
        Assert.Equal(419.712, forecast[1], 1e-3);
        Assert.Equal(464.867, forecast[2], 1e-3);
        Assert.Equal(465.635, forecast[11], 1e-3);
    }

    [Fact]
    public async Task Fit_AirPassengers_IsAsGoodAsR()
    {
        var output = await _component.OutputAsync(new { series = AirPassengers, period = 12, seasonal = "multiplicative" });

        Assert.True(output.Number("sse") <= 16571, $"{output.Number("sse")}");
    }

    [Fact]
    public async Task Interval_Additive_ContainsTheForecastAndWidens()
    {
        var output = await _component.OutputAsync(new { series = AirPassengers, period = 12, horizon = 24 });

        var intervals = output.GetProperty("interval").EnumerateArray().ToArray();
        var forecast = output.Numbers("forecast");
        Assert.All(intervals.Zip(forecast), p => Assert.InRange(p.Second, p.First.Number("lower80"), p.First.Number("upper80")));
        Assert.True(intervals[^1].Number("upper95") - forecast[^1] > intervals[0].Number("upper95") - forecast[0]);
    }

    [Fact]
    public async Task Forecast_ConstantSeries_Stays()
    {
        var output = await _component.OutputAsync(new { series = Enumerable.Repeat(3.0, 8).ToArray(), period = 4, horizon = 4 });

        Assert.All(output.Numbers("forecast"), f => Assert.Equal(3, f, 1e-9));
    }

    [Fact]
    public async Task Call_LessThanTwoSeasons_IsRefused()
    {
        var failure = await _component.RefusalAsync(new { series = AirPassengers[..23], period = 12 });

        Assert.Equal("IB7106", failure.Code);
        Assert.Contains("24", failure.Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_MultiplicativeWithZero_IsRefusedByIndex()
    {
        double[] series = [.. AirPassengers];
        series[5] = 0;

        var failure = await _component.RefusalAsync(new { series, period = 12, seasonal = "multiplicative" });

        Assert.Equal("IB7105", failure.Code);
        Assert.Equal("series[5]", failure.Where);
    }

    [Fact]
    public async Task Call_PeriodOne_IsRefused() =>
        Assert.Equal("IB7105", (await _component.RefusalAsync(new { series = AirPassengers, period = 1 })).Code);

    [Fact]
    public async Task Fit_HundredThousandValues_StaysWithinSeconds()
    {
        double[] series = [.. Enumerable.Range(0, 100_000).Select(i => 500 + 0.002 * i + 30 * Math.Sin(i * Math.PI / 6) + 4 * Math.Sin(i * 12.9898))];
        var watch = Stopwatch.StartNew();

        var output = await _component.OutputAsync(new { series, period = 12 });

        TestContext.Current.TestOutputHelper?.WriteLine($"100 000 values fitted in {watch.ElapsedMilliseconds} ms");
        Assert.Equal(12, output.Numbers("forecast").Length);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), $"{watch.Elapsed}");
    }
}
