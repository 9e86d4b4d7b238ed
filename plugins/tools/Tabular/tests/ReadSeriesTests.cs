using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace IndustryBrain.Plugins.Tabular.Tests;

public sealed class ReadSeriesTests
{
    private const string Weekly = "日期,品种,价格（元/吨）\n2026-10-02,电池级碳酸锂,\"68,400\"\n2026/10/9,电池级碳酸锂,69100\n2026年10月16日,电池级碳酸锂,￥69,500.5\n";

    private readonly ReadSeries _component = new();

    [Fact]
    public async Task Read_Numbers_GivesThem()
    {
        var output = await _component.OutputAsync(new { series = new[] { 1.0, 2, 3 } });

        Assert.Equal([1, 2, 3], output.Numbers("values"));
        Assert.Equal(3, output.Number("last"));
        Assert.Equal(0, output.GetProperty("dates").GetArrayLength());
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8-bom")]
    [InlineData("gb18030")]
    [InlineData("utf-16")]
    public async Task Read_ChineseFile_DetectsEncodingHeadersAndDates(string encoding)
    {
        var text = Weekly.Replace("￥69,500.5", "\"￥６９，500.5\"", StringComparison.Ordinal);
        var context = encoding switch
        {
            "gb18030" => CallContext.Gb18030(text),
            "utf-8-bom" => new CallContext([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]),
            "utf-16" => new CallContext([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]),
            _ => CallContext.Utf8(text),
        };

        var output = await _component.OutputAsync(new { file = CallContext.File }, context);

        Assert.Equal([68400, 69100, 69500.5], output.Numbers("values"));
        Assert.Equal("2026-10-16", output.GetProperty("endDate").GetString());
        Assert.Equal("week", output.GetProperty("step").GetString());
        Assert.Equal("2026-10-23", output.GetProperty("nextDates")[0].GetString());
        Assert.Equal("元/吨", output.GetProperty("valueUnit").GetString());
        Assert.Equal("电池级碳酸锂", output.GetProperty("commodityName").GetString());
    }

    [Theory]
    [InlineData("日期;价格\n2026-01;5\n2026-02;6\n2026-03;7\n")]
    [InlineData("日期\t价格\n2026年1月\t5\n2026年2月\t6\n2026年3月\t7\n")]
    [InlineData("序号,月份,价格\n1,202601,5\n2,202602,6\n3,202603,7\n")]
    [InlineData("某市价格表,,\n\n日期,,价格\n2026/3/1,,7\n2026/2/1,,6\n2026/1/1,,5\n")]
    [InlineData("date,price\n46023,5\n46054,6\n46082,7\n")]
    public async Task Read_OtherLayouts_GiveTheSameSeries(string text)
    {
        var output = await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8(text));

        Assert.Equal([5, 6, 7], output.Numbers("values"));
        Assert.Equal("month", output.GetProperty("step").GetString());
    }

    [Theory]
    [InlineData("6.4\n5.6\n7.8\n")]
    [InlineData("价格\r\n6.4\r\n5.6\r\n7.8\r\n\r\n")]
    public async Task Read_OneColumn_NeedsNoDates(string text) =>
        Assert.Equal((double[])[6.4, 5.6, 7.8], (await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8(text))).Numbers("values"));

    [Fact]
    public async Task Read_Workbook_ReadsDatesAndNumbers()
    {
        var context = new CallContext(Workbook.Of(["日期", "价格"], ["d46023", "5.5"], ["d46024", "6"], ["d46025", "7"]));

        var output = await _component.OutputAsync(new { file = CallContext.File }, context);

        Assert.Equal([5.5, 6, 7], output.Numbers("values"));
        Assert.Equal("2026-01-01", output.GetProperty("startDate").GetString());
        Assert.Equal("XLSX", output.GetProperty("format").GetString());
    }

    [Fact]
    public async Task Read_BadCell_NamesRowColumnAndRemedy()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8("日期,价格\n2026-01-01,68000\n2026-01-02,6.8万\n2026-01-03,69000\n"));

        Assert.Equal("IB7102", failure.Code);
        Assert.Equal("第 3 行「价格」不是数字：'6.8万'。", failure.Message.Zh);
        Assert.Equal("请改为 68000。", failure.Action!.Zh);
    }

    [Theory]
    [InlineData("日期,价格\n2026-01-01,1\n2026-01-02,\n2026-01-03,3\n", "IB7104", "3")]
    [InlineData("日期,价格\n2026-01-01,1\n2026-01-02,N/A\n2026-01-03,3\n", "IB7104", "3")]
    [InlineData("日期,价格\n2026-10-16,1\n2026-10-23,2\n2026-11-06,3\n2026-11-13,4\n", "IB7101", "2026-10-30")]
    [InlineData("日期,价格\n2026-01,1\n2026-02,2\n2026-04,3\n", "IB7101", "2026-03")]
    [InlineData("日期,价格\n2026-01,1\n2026-02,2\n2026-02,3\n", "IndustryBrain.Tabular:SAME_PERIOD", "2026-02")]
    [InlineData("日期,价格\n2026-01-01,1\n明天,2\n2026-01-03,2\n", "IB7102", "明天")]
    [InlineData("", "IB7106", "")]
    [InlineData("\n\n \n", "IB7106", "")]
    [InlineData("日期,价格\n", "IB7106", "")]
    [InlineData("日期,价格,价格\n2026-01-01,1,2\n", "IndustryBrain.Tabular:DUPLICATE_COLUMN", "价格")]
    [InlineData("日期,甲,乙\n2026-01-01,1,2\n2026-01-02,1,2\n", "IB7101", "甲")]
    [InlineData("日期,备注,说明\n2026-01-01,好,坏\n2026-01-02,好,坏\n", "IB7102", "")]
    [InlineData("日期,价格\n2026-01-01,1,9\n2026-01-02,2\n2026-01-03,2\n", "IB7102", "2")]
    [InlineData("品种,价格\n铜,1\n铝,2\n", "IB7101", "铜")]
    [InlineData("日期,价格\n2026-01-01,\"1\n2026-01-02,2\n", "IB7102", "")]
    public async Task Read_DamagedFile_IsRefusedWithPlace(string text, string code, string named)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8(text));

        Assert.Equal(code, failure.Code);
        Assert.Contains(named, failure.Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_MissingColumn_NamesWhatExists()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File, column = "收盘价" }, CallContext.Utf8(Weekly));

        Assert.Equal("IB7101", failure.Code);
        Assert.Contains("价格（元/吨）", failure.Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NeitherOrBoth_IsRefused()
    {
        Assert.Equal("IB7101", (await _component.RefusalAsync(new { })).Code);
        Assert.Equal("IndustryBrain.Tabular:TWO_SOURCES", (await _component.RefusalAsync(new { series = new[] { 1.0 }, file = CallContext.File }, CallContext.Utf8(Weekly))).Code);
    }

    [Fact]
    public async Task Read_NotPositive_IsRefusedWhenAsked()
    {
        Assert.Equal("IB7105", (await _component.RefusalAsync(new { series = new[] { 1.0, 0 }, positive = true })).Code);
        Assert.Equal("IB7105", (await _component.RefusalAsync(new { file = CallContext.File, positive = true }, CallContext.Utf8("价格\n1\n-2\n"))).Code);
    }

    [Fact]
    public async Task Read_Commodity_TakesItsRowsOnly()
    {
        const string Text = "日期,品种,价格\n2026-01-01,铜,1\n2026-01-01,铝,x\n2026-01-02,铜,3\n2026-01-02,铝,4\n";

        Assert.Equal((double[])[1, 3], (await _component.OutputAsync(new { file = CallContext.File, commodity = "铜" }, CallContext.Utf8(Text))).Numbers("values"));
        Assert.Equal("IB7102", (await _component.RefusalAsync(new { file = CallContext.File, commodity = "铝" }, CallContext.Utf8(Text))).Code);
        Assert.Equal("IB7101", (await _component.RefusalAsync(new { file = CallContext.File, commodity = "锌" }, CallContext.Utf8(Text))).Code);
    }

    [Fact]
    public async Task Read_BinaryContent_IsRefused() =>
        Assert.Equal("IB7102", (await _component.RefusalAsync(new { file = CallContext.File }, new CallContext([0x50, 0x4B, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8]))).Code);

    [Fact]
    public async Task Read_RandomBytes_AreNoTable()
    {
        var random = new Random(7);
        foreach (var length in Enumerable.Range(0, 200).Select(i => 16 + i * 3))
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);

            var failure = await _component.RefusalAsync(new { file = CallContext.File }, new CallContext(bytes));

            Assert.Equal("IB7102", failure.Code);
            Assert.StartsWith("文件读不成表格：", failure.Message.Zh, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Read_TooManyRows_IsRefused() =>
        Assert.Equal("IB7108", (await _component.RefusalAsync(new { file = CallContext.File, maxRows = 2 }, CallContext.Utf8("价格\n1\n2\n3\n"))).Code);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_HundredThousandRows_StaysWithinSeconds(bool gb18030)
    {
        var day = new DateOnly(1800, 1, 1).AddYears(120);
        var text = new StringBuilder("日期,品种,价格\n");
        for (var i = 0; i < 100_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{day.AddDays(i):yyyy-MM-dd},电池级碳酸锂,{60_000 + i % 977}.5\n");
        }

        var context = gb18030 ? CallContext.Gb18030(text.ToString()) : CallContext.Utf8(text.ToString());
        var watch = Stopwatch.StartNew();

        var output = await _component.OutputAsync(new { file = CallContext.File }, context);

        TestContext.Current.TestOutputHelper?.WriteLine($"100 000 rows read in {watch.ElapsedMilliseconds} ms");
        Assert.Equal(100_000, output.GetProperty("count").GetInt32());
        Assert.Equal(gb18030 ? "GB18030" : "UTF-8", output.GetProperty("format").GetString());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), $"{watch.Elapsed}");
    }
}
