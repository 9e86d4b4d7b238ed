using CsCheck;
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
    [InlineData("1", "GW.h", "kWh", "1000000")]
    [InlineData("1", "TW.h", "GW.h", "1000")]
    [InlineData("1", "MW.h", "GJ", "3.6")]
    [InlineData("1", "Mt", "kg", "1000000000")]
    [InlineData("1", "Mtce", "tce", "1000000")]
    [InlineData("1", "MtCO2e", "kgCO2e", "1000000000")]
    [InlineData("1", "um", "m", "0.000001")]
    [InlineData("1", "kvar", "W", "1000")]
    [InlineData("1", "mm[Hg]", "Pa", "133.322")]
    [InlineData("1", "V.A", "W", "1")]
    [InlineData("1", "V/A", "Ohm", "1")]
    [InlineData("1", "万千瓦时", "kWh", "10000")]
    [InlineData("1", "万kWh", "kWh", "10000")]
    [InlineData("1", "10^4kWh", "kWh", "10000")]
    [InlineData("1", "亿元", "万元", "10000")]
    [InlineData("1", "百万吨", "t", "1000000")]
    [InlineData("1", "元/千克", "CNY/t", "1000")]
    [InlineData("1", "万元/吨", "元/kg", "10")]
    [InlineData("7", "L/100km", "L/km", "0.07")]
    [InlineData("1", "m³", "L", "1000")]
    [InlineData("1", "㎡", "m2", "1")]
    [InlineData("1", "KWH", "MJ", "3.6")]
    [InlineData("1", "mwh", "kWh", "1000")]
    [InlineData("1", "T", "kg", "1000")]
    [InlineData("1", "斤", "kg", "0.5")]
    [InlineData("1", "ｋｇ", "g", "1000")]
    [InlineData("3000", "rpm", "/s", "50")]
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

    [Theory]
    [InlineData("kwhh", "kWh", "kWh")]
    [InlineData("kgs", "t", "kg")]
    [InlineData("CNY/tt", "CNY/t", "t")]
    [InlineData("立方公尺", "m3", "立方")]
    public void TryConvert_UnknownUnit_SuggestsTheNearest(string from, string to, string meant)
    {
        var failure = Units.TryConvert(1.0, from, to, "quantity").Failure!;

        Assert.Equal("IB7103", failure.Code);
        Assert.Equal($"「quantity」的单位 '{from}' 不认识。", failure.Message.Zh);
        Assert.Contains(meant, failure.Action!.En, StringComparison.Ordinal);
    }

    [Fact]
    public void TryConvert_EveryMetricUnitWithEveryPrefix_IsItsPowerOfTen()
    {
        foreach (var unit in (string[])["g", "t", "m", "s", "A", "mol", "N", "J", "W", "Wh", "VA", "V", "Hz", "Pa", "bar", "cal", "L", "K", "Ohm", "gce", "tCO2e"])
        {
            foreach (var (prefix, power) in (ReadOnlySpan<(string, int)>)[("T", 12), ("G", 9), ("M", 6), ("k", 3), ("h", 2), ("d", -1), ("c", -2), ("m", -3), ("u", -6), ("n", -9)])
            {
                // UCUM names that are other units: cd is the candela, min the minute.
                if (prefix + unit is not ("cd" or "min"))
                {
                    Assert.True(Units.TryConvert(1m, prefix + unit, unit).TryGet(out var converted, out var failure), failure?.ToString());
                    Assert.Equal((decimal)Math.Pow(10, power), converted);
                }
            }
        }
    }

    [Fact]
    public void TryConvert_AnyTwoUnitsOfOneDimension_GoThereAndBackAndByAnyWay()
    {
        string[][] dimensions =
        [
            ["kg", "t", "g", "mg", "万吨", "[lb_av]", "斤"],
            ["kWh", "MW.h", "GJ", "tce", "kcal", "J"],
            ["m3", "L", "mL", "[bbl_us]", "万方"],
            ["CNY/t", "元/kg", "万元/吨"],
            ["kgCO2e/kWh", "tCO2e/MWh", "gCO2e/MJ"],
            ["Cel", "K", "[degF]"],
            ["km/h", "m/s", "m/min"],
        ];
        Gen.Select(Gen.OneOfConst(dimensions), Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, 6], Gen.Double[-1e9, 1e9]).Sample((units, i, j, k, value) =>
        {
            var (a, b, c) = (units[i % units.Length], units[j % units.Length], units[k % units.Length]);
            var there = Converted(value, a, b);

            // Degrees have zeros of their own, so that what is near one may lose digits to the shift.
            var least = units[0] == "Cel" ? 1000 : 0;
            Assert.Equal(value, Converted(there, b, a), (Math.Abs(value) + least) * 1e-12);
            var direct = Converted(value, a, c);
            Assert.Equal(direct, Converted(there, b, c), (Math.Abs(direct) + least) * 1e-12);
        });
    }

    private static double Converted(double value, string from, string to) =>
        Units.TryConvert(value, from, to).TryGet(out var converted, out var failure) ? converted : throw new InvalidOperationException(failure.ToString());

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
