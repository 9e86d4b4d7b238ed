namespace IndustryBrain.Plugins.Forecasting.Tests;

public sealed class SingleSmoothingTests
{
    private readonly SingleSmoothing _component = new();

    [Fact]
    public async Task Forecast_GivenAlpha_IsTheLastLevel()
    {
        var output = await _component.OutputAsync(new { series = new[] { 10.0, 20, 30 }, alpha = 0.5, horizon = 2 });

        Assert.Equal([22.5, 22.5], output.Numbers("forecast"));
        Assert.Equal([10, 15, 22.5], output.Numbers("smoothed"));
        Assert.Equal(0, output.Number("trend"));
    }

    [Fact]
    public async Task Forecast_Errors_AreMeasured()
    {
        var errors = (await _component.OutputAsync(new { series = new[] { 10.0, 20, 30 }, alpha = 0.5 })).GetProperty("errors");

        Assert.Equal(12.5, errors.Number("mae"), 1e-12);
        Assert.Equal(Math.Sqrt(162.5), errors.Number("rmse"), 1e-12);
        Assert.Equal(50, errors.Number("mape"), 1e-12);
        Assert.Equal(1.25, errors.Number("mase"), 1e-12);
    }

    [Fact]
    public async Task Forecast_SeriesWithZero_HasNoMape() =>
        Assert.False((await _component.OutputAsync(new { series = new[] { 1.0, 0, 2 } })).GetProperty("errors").TryGetProperty("mape", out _));

    [Fact]
    public async Task Call_TwoValues_IsRefused() =>
        Assert.Equal("IB7106", (await _component.RefusalAsync(new { series = new[] { 1.0, 2 } })).Code);

    [Fact]
    public async Task Call_NoSeries_IsRefused() =>
        Assert.StartsWith("IB710", (await _component.RefusalAsync(new { horizon = 3 })).Code, StringComparison.Ordinal);
}
