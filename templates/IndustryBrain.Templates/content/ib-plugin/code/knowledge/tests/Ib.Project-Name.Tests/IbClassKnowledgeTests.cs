namespace IbNamespace.Tests;

public sealed class IbClassKnowledgeTests
{
    [Theory]
    [InlineData("peak", "2025-12-31", 1.05, "2025")]
    [InlineData("peak", "2026-01-01", 1.1, "2026")]
    [InlineData("valley", "2026-06-01", 0.28, "2026")]
    public async Task Ask_AsOf_GivesTheEditionOfThatDay(string band, string asOf, double price, string version)
    {
        var output = await TestCall.OutputAsync(new IbClassKnowledge(), $$"""{"band":"{{band}}","asOf":"{{asOf}}"}""");

        var answer = output.GetProperty("price");
        Assert.Equal(price, answer.GetProperty("value").GetDouble(), 1e-9);
        Assert.Equal(version, answer.GetProperty("provenance").GetProperty("version").GetString());
    }

    [Fact]
    public async Task Ask_BeforeTheFirstEdition_IsRefusedAndNamesWhatExists()
    {
        var refusal = await TestCall.RefusalAsync(new IbClassKnowledge(), """{"band":"peak","asOf":"2024-12-31"}""");

        Assert.Equal("IB7107", refusal.Code);
        Assert.Contains("2025-01-01", refusal.Action!.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_UnknownBand_IsRefused()
    {
        Assert.Equal("IB7102", (await TestCall.RefusalAsync(new IbClassKnowledge(), """{"band":"noon","asOf":"2026-06-01"}""")).Code);
    }
}
