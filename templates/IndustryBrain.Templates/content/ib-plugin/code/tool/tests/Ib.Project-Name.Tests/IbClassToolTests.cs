namespace IbNamespace.Tests;

public sealed class IbClassToolTests
{
    [Fact]
    public async Task Run_ElectricityAndPieces_GivesElectricityPerPiece()
    {
        var output = await TestCall.OutputAsync(new IbClassTool(), """{"electricity":3000000,"pieces":50000}""");

        Assert.Equal(60, output.GetProperty("perPiece").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData("""{"electricity":-1,"pieces":50000}""", "electricity")]
    [InlineData("""{"electricity":3000000,"pieces":0}""", "pieces")]
    public async Task Run_OutOfRange_IsRefusedWithItsPlace(string input, string where)
    {
        var refusal = await TestCall.RefusalAsync(new IbClassTool(), input);

        Assert.Equal(("IB7105", where), (refusal.Code, refusal.Where));
    }

    [Fact]
    public async Task Run_WithoutPieces_IsRefused()
    {
        Assert.Equal("IB7101", (await TestCall.RefusalAsync(new IbClassTool(), """{"electricity":3000000}""")).Code);
    }
}
