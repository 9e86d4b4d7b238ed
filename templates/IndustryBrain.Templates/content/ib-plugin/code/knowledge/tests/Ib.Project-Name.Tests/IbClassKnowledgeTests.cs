using IndustryBrain.Sdk.Testing;
using IndustryBrain.Sdk.Testing.Conformance;

namespace IbNamespace.Tests;

/// <summary>每个组件都须遵守的规则。The rules that every component keeps.</summary>
public sealed class IbClassKnowledgeConformance : ComponentConformance<IbClassKnowledge>;

public sealed class IbClassKnowledgeTests
{
    [Theory]
    [InlineData(PriceBand.Peak, 2025, 12, 31, 1.05, "2025")]
    [InlineData(PriceBand.Peak, 2026, 1, 1, 1.1, "2026")]
    [InlineData(PriceBand.Valley, 2026, 6, 1, 0.28, "2026")]
    public async Task Ask_AsOf_GivesTheEditionOfThatDay(PriceBand band, int year, int month, int day, double price, string version)
    {
        var call = await CallAsync(new IbClassQuery(band, new DateOnly(year, month, day)));

        var answer = call.OutputAs<IbClassAnswer>().Price;
        Assert.Equal(price, answer.Value, 1e-9);
        Assert.Equal(version, answer.Provenance.Version);
    }

    [Fact]
    public async Task Ask_BeforeTheFirstEdition_IsRefusedAndNamesWhatExists()
    {
        var call = await CallAsync(new IbClassQuery(PriceBand.Peak, new DateOnly(2024, 12, 31)));

        Assert.Equal("IB7107", call.Failure?.Code);
        Assert.Contains("2025-01-01", call.Failure!.Action!.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_UnknownBand_IsRefused()
    {
        var call = await CallAsync("""{"band":"noon","asOf":"2026-06-01"}""");

        Assert.Equal("IB7102", call.Failure?.Code);
    }

    // 像平台一样调用组件；它需要的能力在 FakeHost 上准备。Calls it as the platform does; what it uses of the platform is prepared on the FakeHost.
    private static Task<ComponentCall> CallAsync(object input) =>
        new FakeHost(typeof(IbClassKnowledge)).CallAsync(new IbClassKnowledge(), input, TestContext.Current.CancellationToken);
}
