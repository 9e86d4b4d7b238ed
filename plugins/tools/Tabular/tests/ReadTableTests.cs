using System.Text.Json;

namespace IndustryBrain.Plugins.Tabular.Tests;

public sealed class ReadTableTests
{
    private readonly ReadTable _component = new();

    [Fact]
    public async Task Read_MixedColumns_FindsTypes()
    {
        var output = await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8("厂,日期,占比,数量\n\"甲,\"\"A\"\"\",2026/1/5,12.5%,\"1,234\"\n乙,2026年1月6日,50％,１２\n丙,,,\n"));

        var types = output.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("type").GetString());
        Assert.Equal(["text", "date", "number", "number"], types);
        var rows = output.GetProperty("rows");
        Assert.Equal("甲,\"A\"", rows[0].GetProperty("厂").GetString());
        Assert.Equal("2026-01-06", rows[1].GetProperty("日期").GetString());
        Assert.Equal(0.125, rows[0].Number("占比"), 1e-12);
        Assert.Equal(12, rows[1].Number("数量"));
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("数量").ValueKind);
    }

    [Fact]
    public async Task Read_QuotedLineBreak_KeepsRowNumbers()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File, types = new { 数量 = "number" } }, CallContext.Utf8("名,数量\n\"甲\n乙\",1\n丙,2\n丁,x\n"));

        Assert.Contains("第 5 行", failure.Message.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("价格,1.5", 1.5)]
    [InlineData("价格,-2", -2)]
    [InlineData("价格,\"1,234,567.25\"", 1234567.25)]
    [InlineData("价格,(300)", -300)]
    [InlineData("价格,¥68元", 68)]
    [InlineData("价格,1e3", 1000)]
    [InlineData("价格,－７．５", -7.5)]
    public async Task Read_NumberForms_AreUnderstood(string line, double expected)
    {
        var output = await _component.OutputAsync(new { file = CallContext.File, types = new { 值 = "number" } }, CallContext.Utf8("名,值\n" + line + "\n"));

        Assert.Equal(expected, output.GetProperty("rows")[0].Number("值"), 1e-9);
    }

    [Theory]
    [InlineData("12,34")]
    [InlineData("1 2")]
    [InlineData("1.2.3")]
    [InlineData("abc")]
    public async Task Read_DoubtfulNumber_IsRefused(string cell) =>
        Assert.Equal("IB7102", (await _component.RefusalAsync(new { file = CallContext.File, types = new { 值 = "number" } }, CallContext.Utf8($"名,值\n甲,\"{cell}\"\n"))).Code);

    [Fact]
    public async Task Read_UnknownSheet_NamesWhatExists()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File, sheet = "汇总" }, new CallContext(Workbook.Of(["甲"], ["1"])));

        Assert.Equal("IB7101", failure.Code);
        Assert.Contains("数据", failure.Action!.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NoFile_IsRefused() =>
        Assert.Equal("IB7101", (await _component.RefusalAsync(new { file = CallContext.File })).Code);
}
