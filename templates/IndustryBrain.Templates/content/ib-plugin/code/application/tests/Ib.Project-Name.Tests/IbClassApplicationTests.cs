using System.Text.Json;
using IndustryBrain.Sdk.Testing;
using IndustryBrain.Sdk.Testing.Conformance;
using IndustryBrain.Sdk.Views;

namespace IbNamespace.Tests;

/// <summary>每个组件都须遵守的规则。The rules that every component keeps.</summary>
public sealed class IbClassApplicationConformance : ComponentConformance<IbClassApplication>;

public sealed class IbClassApplicationTests
{
    private static readonly IbClassInput Costs = new([new("电力", 1200), new("原料", 4800)]);

    [Fact]
    public async Task Run_Costs_GivesTotalAndSharesTheLargestFirst()
    {
        var output = (await CallAsync(Costs)).OutputAs<IbClassOutput>();

        Assert.Equal(6000, output.Total, 1e-9);
        Assert.Equal("原料", output.Largest);
        Assert.Equal([80, 20], output.Rows.Select(r => r.Share));
    }

    [Theory]
    [InlineData("""{"items":[]}""", "IB7106")]
    [InlineData("""{"items":[{"name":"电力","cost":-1}]}""", "IB7105")]
    [InlineData("""{}""", "IB7101")]
    public async Task Run_BadInput_IsRefused(string input, string code)
    {
        var call = await CallAsync(input);

        Assert.Equal(code, call.Failure?.Code);
    }

    [Fact]
    public async Task View_PointsToWhatTheOutputHolds()
    {
        var output = (await CallAsync(Costs)).Output;

        var tiles = new IbClassApplication().View.Elements.OfType<KpiTiles>().SelectMany(k => k.Items);

        Assert.All(tiles, tile => Assert.NotEqual(JsonValueKind.Undefined, output.GetProperty(tile.Value[1..]).ValueKind));
    }

    // 像平台一样调用组件；它需要的能力在 FakeHost 上准备。Calls it as the platform does; what it uses of the platform is prepared on the FakeHost.
    private static Task<ComponentCall> CallAsync(object input) =>
        new FakeHost(typeof(IbClassApplication)).CallAsync(new IbClassApplication(), input, TestContext.Current.CancellationToken);
}
