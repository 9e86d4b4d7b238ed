using IndustryBrain.Sdk.Measures;

namespace IndustryBrain.Sdk.Tests.Measures;

public sealed class UnitsTests
{
    [Theory]
    [InlineData("1", "kWh", "MJ", "3.6")]
    [InlineData("1", "t", "kg", "1000")]
    [InlineData("2.5", "CNY/kg", "CNY/t", "2500")]
    [InlineData("1", "10*4.CNY", "CNY", "10000")]
    [InlineData("15.3", "tC/TJ", "kgC/GJ", "15.3")]
    [InlineData("0.5366", "kgCO2e/kWh", "tCO2e/MWh", "0.5366")]
    [InlineData("1", "tce", "GJ", "29.3076")]
    [InlineData("1", "m3", "L", "1000")]
    [InlineData("1", "m-3", "L-1", "0.001")]
    [InlineData("36", "km/h", "m/s", "10")]
    [InlineData("1", "kg.m/s2", "N", "1")]
    [InlineData("1", "J/(kg.K)", "kJ/(kg.K)", "0.001")]
    [InlineData("3", "亩", "m2", "2000")]
    [InlineData("25", "Cel", "K", "298.15")]
    [InlineData("212", "[degF]", "Cel", "100")]
    [InlineData("2", "吨", "公斤", "2000")]
    [InlineData("3", "千瓦时/{pcs}", "kWh/{pcs}", "3")]
    [InlineData("50", "%", "1", "0.5")]
    [InlineData("1", "10*4.Nm3", "Nm3", "10000")]
    public void TryConvert_SameDimension_IsExact(string value, string from, string to, string expected)
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;

        Assert.True(Units.TryConvert(decimal.Parse(value, invariant), from, to).TryGet(out var exact, out _));
        Assert.True(Units.TryConvert(double.Parse(value, invariant), from, to).TryGet(out var rounded, out _));

        Assert.Equal(decimal.Parse(expected, invariant), exact);
        Assert.Equal((double)exact, rounded, 1e-12 * Math.Abs((double)exact));
    }

    [Theory]
    [InlineData("kg", "m")]
    [InlineData("CNY", "USD")]
    [InlineData("{pcs}", "{person}")]
    [InlineData("tC", "tCO2")]
    [InlineData("Nm3", "m3")]
    [InlineData("", "kg")]
    [InlineData("furlong", "m")]
    [InlineData("kg/", "kg")]
    [InlineData("kg)", "kg")]
    [InlineData("((((((((((kg))))))))))", "kg")]
    [InlineData("kg/0", "kg")]
    public void TryConvert_OtherDimensionOrNoUnit_IsRefused(string from, string to)
    {
        var result = Units.TryConvert(1.0, from, to, "quantity");

        Assert.Equal("IB7103", result.Failure?.Code);
        Assert.Equal("quantity", result.Failure?.Where);
    }

    [Fact]
    public void TryConvert_NotANumber_IsRefused() => Assert.Equal("IB7104", Units.TryConvert(double.NaN, "kg", "t").Failure?.Code);

    [Fact]
    public void TryConvert_ThereAndBack_GivesTheSameDecimal()
    {
        Assert.True(Units.TryConvert(123.456789m, "kWh", "MJ").TryGet(out var there, out _));
        Assert.True(Units.TryConvert(there, "MJ", "kWh").TryGet(out var back, out _));

        Assert.Equal(123.456789m, back);
    }
}
