namespace IndustryBrain.Plugins.Forecasting.Tests;

public sealed class AccuracyTests
{
    private readonly Accuracy _component = new();

    [Fact]
    public async Task Measures_KnownErrors_Match()
    {
        var output = await _component.OutputAsync(new { actual = new[] { 10.0, 20 }, forecast = new[] { 12.0, 16 }, training = new[] { 1.0, 2, 4 } });

        Assert.Equal(3, output.Number("mae"), 1e-12);
        Assert.Equal(Math.Sqrt(10), output.Number("rmse"), 1e-12);
        Assert.Equal(20, output.Number("mape"), 1e-12);
        Assert.Equal(2, output.Number("mase"), 1e-12);
    }

    [Fact]
    public async Task Measures_CountsDiffer_AreRefused() =>
        Assert.Equal("IndustryBrain.Forecasting:LENGTHS", (await _component.RefusalAsync(new { actual = new[] { 1.0, 2 }, forecast = new[] { 1.0 } })).Code);
}
