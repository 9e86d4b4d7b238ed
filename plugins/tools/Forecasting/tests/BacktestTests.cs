using System.Text.Json;

namespace IndustryBrain.Plugins.Forecasting.Tests;

public sealed class BacktestTests
{
    private readonly Backtest _component = new();

    [Fact]
    public async Task Run_StraightLine_HasNoErrorAndReportsProgress()
    {
        var context = new CallContext();

        var output = await _component.OutputAsync(new { series = Enumerable.Range(0, 20).Select(i => 10.0 + 2 * i).ToArray(), horizon = 2 }, context);

        Assert.Equal(9, output.GetProperty("windows").GetInt32());
        Assert.Equal(2, output.GetProperty("steps").GetArrayLength());
        Assert.Equal(0, output.GetProperty("overall").Number("mae"), 1e-9);
        Assert.Equal(9, context.Progress.Count);
        Assert.Equal(1, context.Progress[^1]);
    }

    [Fact]
    public async Task Run_LongSeries_ThinsTheWindows()
    {
        var output = await _component.OutputAsync(new { series = Enumerable.Range(0, 2000).Select(i => 10.0 + i % 7).ToArray(), method = "ses", alpha = 0.3 });

        Assert.Equal(Backtest.MostWindows, output.GetProperty("windows").GetInt32());
    }

    [Fact]
    public async Task Run_HoltWintersWithoutPeriod_IsRefused() =>
        Assert.Equal("IB7101", (await _component.RefusalAsync(new { series = new double[40], method = "holt-winters" })).Code);

    [Fact]
    public async Task Run_HoltWinters_MeasuresASeason()
    {
        var output = await _component.OutputAsync(new { series = Enumerable.Range(0, 24).Select(i => 10.0 + i % 4).ToArray(), method = "holt-winters", period = 4, horizon = 4 });

        Assert.Equal(0, output.GetProperty("overall").Number("rmse"), 1e-6);
    }

    [Fact]
    public async Task Run_TooShort_IsRefused() =>
        Assert.Equal("IB7106", (await _component.RefusalAsync(new { series = new[] { 1.0, 2, 3, 4 }, horizon = 3 })).Code);

    [Fact]
    public async Task Run_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await _component.InvokeAsync(JsonSerializer.SerializeToElement(new { series = new double[100] }), new CallContext(), source.Token));
    }
}
