using System.Text.Json;

namespace IndustryBrain.Plugins.EmissionFactors.Tests;

public sealed class LookupTests
{
    private readonly Lookup _component = new();

    [Theory]
    [InlineData("电力", "kWh", 2022, 0.5227, 1)]
    [InlineData("Electricity", "MWh", 2021, 0.4743, 1000)]
    [InlineData("电", "万千瓦时", 2022, 0.5227, 10_000)]
    [InlineData("天然气", "m3", 2022, 2.1622, 1)]
    [InlineData("天然气", "万立方米", 2021, 2.1622, 10_000)]
    [InlineData("natural-gas-99.5", "m³", 2022, 2.1731, 1)]
    [InlineData("柴油", "吨", 2022, 3.0959, 1000)]
    public async Task Ask_Chongqing_GivesFactorAndConversion(string item, string unit, int year, double factor, double multiplier)
    {
        var output = await _component.OutputAsync(new { items = new[] { new { item, unit } }, region = "重庆", year });

        var found = output.GetProperty("found")[0];
        Assert.Equal(factor, found.Number("factor"), 1e-12);
        Assert.Equal(multiplier, found.Number("multiplier"), 1e-12);
        Assert.False(string.IsNullOrWhiteSpace(found.GetProperty("source").GetString()));
        Assert.Equal(item.StartsWith('电') || item == "Electricity" ? "confirmed" : "unconfirmed", found.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("2022-06-30", 0.5227)]
    [InlineData("2021-01-01", 0.4743)]
    public async Task Ask_AsOfADay_GivesTheFactorOfThatDay(string asOf, double factor)
    {
        var output = await _component.OutputAsync(new { items = new[] { new { item = "电力", unit = "kWh" } }, region = "重庆", asOf });

        Assert.Equal(factor, output.GetProperty("found")[0].Number("factor"), 1e-12);
    }

    [Fact]
    public async Task Ask_DayOfAnotherYearOrNoTime_IsRefused()
    {
        var items = new[] { new { item = "电力", unit = "kWh" } };

        Assert.Equal("IB7107", (await _component.RefusalAsync(new { items, region = "重庆", asOf = "2023-06-30" })).Code);
        Assert.Equal("IB7105", (await _component.RefusalAsync(new { items, region = "重庆", year = 2022, asOf = "2021-06-30" })).Code);
        Assert.Equal("IB7101", (await _component.RefusalAsync(new { items, region = "重庆" })).Code);
    }

    [Fact]
    public async Task Ask_YearWithoutFactor_RefusesAndSaysWhatExists()
    {
        var failure = await _component.RefusalAsync(new { items = new[] { new { item = "电力", unit = "kWh" } }, region = "Chongqing", year = 2023 });

        Assert.Equal("IB7107", failure.Code);
        Assert.Contains("2021, 2022", failure.Action!.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("稻草", "kg", "IB7107")]
    [InlineData("柴油", "斛", "IB7103")]
    [InlineData("柴油", "L", "IB7103")]
    public async Task Ask_BadItemOfAFile_NamesItsRow(string item, string unit, string code)
    {
        object[] items = [new { item = "电力", unit = "kWh" }, new { item, unit }];

        var ofFile = await _component.RefusalAsync(new { items, region = "重庆", year = 2022, itemsName = "activity", rowNumbers = new[] { 2, 5 } });
        var ofRows = await _component.RefusalAsync(new { items, region = "重庆", year = 2022, itemsName = "activity", rowNumbers = Array.Empty<int>() });

        Assert.Equal((code, "row 5"), (ofFile.Code, ofFile.Where));
        Assert.StartsWith("第 5 行：", ofFile.Message.Zh, StringComparison.Ordinal);
        Assert.Contains(item, ofFile.Message.En, StringComparison.Ordinal);
        Assert.StartsWith("activity[1]", ofRows.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", 2022)]
    [InlineData("2021", 2021)]
    public async Task Ask_OtherYearAccepted_TakesItAndRecordsIt(string accept, int expected)
    {
        var output = await _component.OutputAsync(new { items = new[] { new { item = "电力", unit = "kWh" } }, region = "CN-CQ", year = 2023, acceptOtherYear = JsonDocument.Parse(accept).RootElement });

        Assert.Equal(expected, output.GetProperty("found")[0].GetProperty("factorYear").GetInt32());
        Assert.True(output.GetProperty("otherYearUsed").GetBoolean());
    }

    [Theory]
    [InlineData("电力", "kWh", "黑龙江", "IB7107")]
    [InlineData("电力", "kWh", "火星", "IB7107")]
    [InlineData("电力", "kWh", null, "IB7101")]
    [InlineData("反物质", "kg", "重庆", "IB7107")]
    [InlineData("柴油", "L", "重庆", "IB7103")]
    [InlineData("电力", "kg", "重庆", "IB7103")]
    [InlineData("电力", "箱", "重庆", "IB7103")]
    public async Task Ask_WhatDoesNotExist_IsRefused(string item, string unit, string? region, string code) =>
        Assert.Equal(code, (await _component.RefusalAsync(new { items = new[] { new { item, unit } }, region, year = 2022 })).Code);

    [Fact]
    public async Task Ask_LitresWithDensity_Converts() =>
        Assert.Equal(0.84, (await _component.OutputAsync(new { items = new[] { new { item = "柴油", unit = "L", density = 0.84 } }, year = 2022 })).GetProperty("found")[0].Number("multiplier"), 1e-12);

    [Fact]
    public async Task Ask_FuelBeforeItsValidity_IsRefused() =>
        Assert.Equal("IB7107", (await _component.RefusalAsync(new { items = new[] { new { item = "柴油", unit = "kg" } }, year = 2005 })).Code);

    [Fact]
    public async Task Ask_TooMuchAtOnce_IsRefused_AndSaysWhatToDo()
    {
        var refusal = await _component.RefusalAsync(new { items = Enumerable.Repeat(new { item = "电力", unit = "kWh" }, 20_001), region = "重庆", year = 2022, itemsName = "activity" });

        Assert.Equal(("IB7108", "activity"), (refusal.Code, refusal.Where));
        Assert.Contains("20000", refusal.Message.Zh, StringComparison.Ordinal);
        Assert.NotNull(refusal.Action);
    }

    [Fact]
    public async Task Ask_Nothing_IsRefused() =>
        Assert.Equal("IB7106", (await _component.RefusalAsync(new { items = Array.Empty<object>(), year = 2022 })).Code);
}
