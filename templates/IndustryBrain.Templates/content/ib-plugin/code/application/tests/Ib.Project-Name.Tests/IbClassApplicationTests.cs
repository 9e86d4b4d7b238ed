using System.Text.Json;
using IndustryBrain.Sdk.Views;

namespace IbNamespace.Tests;

public sealed class IbClassApplicationTests
{
    private const string Input = """{"items":[{"name":"电力","cost":1200},{"name":"原料","cost":4800}]}""";

    [Fact]
    public async Task Run_Costs_GivesTotalAndSharesTheLargestFirst()
    {
        var output = await TestCall.OutputAsync(new IbClassApplication(), Input);

        Assert.Equal(6000, output.GetProperty("total").GetDouble(), 1e-9);
        Assert.Equal("原料", output.GetProperty("largest").GetString());
        Assert.Equal([80, 20], output.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("share").GetDouble()));
    }

    [Theory]
    [InlineData("""{"items":[]}""", "IB7106")]
    [InlineData("""{"items":[{"name":"电力","cost":-1}]}""", "IB7105")]
    [InlineData("""{}""", "IB7101")]
    public async Task Run_BadInput_IsRefused(string input, string code)
    {
        Assert.Equal(code, (await TestCall.RefusalAsync(new IbClassApplication(), input)).Code);
    }

    [Fact]
    public async Task View_PointsToWhatTheOutputHolds()
    {
        var output = await TestCall.OutputAsync(new IbClassApplication(), Input);

        var tiles = new IbClassApplication().View.Elements.OfType<KpiTiles>().SelectMany(k => k.Items);

        Assert.All(tiles, tile => Assert.NotEqual(JsonValueKind.Undefined, output.GetProperty(tile.Value[1..]).ValueKind));
    }
}
