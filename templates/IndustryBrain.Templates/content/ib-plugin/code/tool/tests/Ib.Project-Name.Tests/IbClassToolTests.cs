using IndustryBrain.Sdk.Testing;
using IndustryBrain.Sdk.Testing.Conformance;

namespace IbNamespace.Tests;

/// <summary>每个组件都须遵守的规则。The rules that every component keeps.</summary>
public sealed class IbClassToolConformance : ComponentConformance<IbClassTool>;

public sealed class IbClassToolTests
{
    [Fact]
    public async Task Run_ElectricityAndPieces_GivesElectricityPerPiece()
    {
        var call = await CallAsync(new IbClassInput(3_000_000, 50_000));

        Assert.Equal(60, call.OutputAs<IbClassOutput>().PerPiece, 1e-9);
    }

    [Theory]
    [InlineData(-1, 50_000, "electricity")]
    [InlineData(3_000_000, 0, "pieces")]
    public async Task Run_OutOfRange_IsRefusedWithItsPlace(double electricity, double pieces, string where)
    {
        var call = await CallAsync(new IbClassInput(electricity, pieces));

        Assert.Equal(("IB7105", where), (call.Failure?.Code, call.Failure?.Where));
    }

    [Fact]
    public async Task Run_WithoutPieces_IsRefused()
    {
        var call = await CallAsync("""{"electricity":3000000}""");

        Assert.Equal("IB7101", call.Failure?.Code);
    }

    // 像平台一样调用组件；它需要的能力在 FakeHost 上准备。Calls it as the platform does; what it uses of the platform is prepared on the FakeHost.
    private static Task<ComponentCall> CallAsync(object input) =>
        new FakeHost(typeof(IbClassTool)).CallAsync(new IbClassTool(), input, TestContext.Current.CancellationToken);
}
