namespace IndustryBrain.Plugins.Tabular.Tests;

/// <summary>What counts as a number or a date, and how what does not is named.</summary>
public sealed class SeriesCellsTests
{
    private readonly ReadSeries _component = new();

    [Theory]
    [InlineData("", "IB7104", "第 3 行「价格」为空。", "Row 3, “价格” is blank.")]
    [InlineData("  ", "IB7104", "第 3 行「价格」为空。", "Row 3, “价格” is blank.")]
    [InlineData("NaN", "IB7104", "第 3 行「价格」不是数值：'NaN'。", "Row 3, “价格” holds no number: 'NaN'.")]
    [InlineData("#N/A", "IB7104", "第 3 行「价格」不是数值：'#N/A'。", "Row 3, “价格” holds no number: '#N/A'.")]
    [InlineData("#DIV/0!", "IB7104", "第 3 行「价格」不是数值：'#DIV/0!'。", "Row 3, “价格” holds no number: '#DIV/0!'.")]
    [InlineData("-", "IB7104", "第 3 行「价格」不是数值：'-'。", "Row 3, “价格” holds no number: '-'.")]
    [InlineData("∞", "IB7104", "第 3 行「价格」不是数值：'∞'。", "Row 3, “价格” holds no number: '∞'.")]
    [InlineData("Infinity", "IB7104", "第 3 行「价格」不是数值：'Infinity'。", "Row 3, “价格” holds no number: 'Infinity'.")]
    [InlineData("暂无", "IB7102", "第 3 行「价格」不是数字：'暂无'。", "Row 3, “价格” is not a number: '暂无'.")]
    [InlineData("1e999", "IB7102", "第 3 行「价格」不是数字：'1e999'。", "Row 3, “价格” is not a number: '1e999'.")]
    public async Task Read_BadCell_SaysWhatItHolds(string cell, string code, string zh, string en)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8($"日期,价格\n2026-01-01,1\n2026-01-02,{cell}\n2026-01-03,3\n"));

        Assert.Equal((code, zh, en), (failure.Code, failure.Message.Zh, failure.Message.En));
        Assert.Equal("row 3, 价格", failure.Where);
    }

    [Fact]
    public async Task Read_CommodityOfMergedCells_IsRefusedByRow()
    {
        var workbook = new CallContext(Workbook.Of(["品种", "日期", "价格"], ["铜", "d46023", "1"], ["", "d46024", "2"], ["", "d46025", "3"]));

        var failure = await _component.RefusalAsync(new { file = CallContext.File }, workbook);

        Assert.Equal(("IB7104", "row 3, 品种"), (failure.Code, failure.Where));
        Assert.Contains("合并单元格", failure.Action!.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_Utf16WithoutMark_IsFound(bool bigEndian)
    {
        var content = new System.Text.UnicodeEncoding(bigEndian, byteOrderMark: false).GetBytes("日期,价格\n2026-01-01,1.5\n2026-01-02,2\n");

        var output = await _component.OutputAsync(new { file = CallContext.File }, new CallContext(content));

        Assert.Equal([1.5, 2], output.Numbers("values"));
    }

    [Theory]
    [InlineData("%PDF-1.7\n1 0 obj", "是 PDF 文件")]
    [InlineData("\r\n<html><table>", "是网页或 XML")]
    public async Task Read_OtherKindOfFile_IsNamed(string content, string zh)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8(content));

        Assert.Equal(("IB7102", $"文件读不成表格：{zh}。"), (failure.Code, failure.Message.Zh));
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0 }, "是图片")]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10 }, "是图片")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3 }, "是压缩包")]
    public async Task Read_PictureOrArchive_IsNamed(byte[] content, string zh)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, new CallContext(content));

        Assert.Equal(("IB7102", $"文件读不成表格：{zh}。"), (failure.Code, failure.Message.Zh));
    }

    [Theory]
    [InlineData("6,8", "6.8")]
    [InlineData("6.8万", "68000")]
    [InlineData("6.8万元", "68000")]
    public async Task Read_NumberInOtherForm_SuggestsThePlainOne(string cell, string plain)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8($"日期,价格\n2026-01-01,1\n2026-01-02,\"{cell}\"\n2026-01-03,3\n"));

        Assert.Equal("IB7102", failure.Code);
        Assert.Equal($"请改为 {plain}。", failure.Action!.Zh);
    }

    [Theory]
    [InlineData("68,400.5", 68400.5)]
    [InlineData("68 400.5", 68400.5)]
    [InlineData("６８４００．５", 68400.5)]
    [InlineData("６８，４００．５", 68400.5)]
    [InlineData("￥68,400.5", 68400.5)]
    [InlineData("¥ 68400.5", 68400.5)]
    [InlineData("68400.5元", 68400.5)]
    [InlineData("CNY 68400.5", 68400.5)]
    [InlineData("+68400.5", 68400.5)]
    [InlineData("6.84005e4", 68400.5)]
    [InlineData("(1,234)", -1234)]
    [InlineData("（1,234.5）", -1234.5)]
    [InlineData("-1,234", -1234)]
    [InlineData("−5", -5)]
    [InlineData("5%", 0.05)]
    [InlineData("５％", 0.05)]
    public async Task Read_WrittenNumber_IsThatNumber(string cell, double value)
    {
        var output = await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8($"日期,数值\n2026-01-01,1\n2026-01-02,\"{cell}\"\n2026-01-03,3\n"));

        Assert.Equal(value, output.Numbers("values")[1], 1e-9);
    }

    [Theory]
    [InlineData("价格", "68000元/吨", 68000, "元/吨")]
    [InlineData("价格", "68000 元/吨", 68000, "元/吨")]
    [InlineData("价格（元/吨）", "68元/千克", 68000, "元/吨")]
    [InlineData("价格（元/吨）", "6.8万元/吨", 68000, "元/吨")]
    [InlineData("价格（元/吨）", "6.8万元", 68000, "元/吨")]
    [InlineData("价格（元/吨）", "￥68000", 68000, "元/吨")]
    [InlineData("涨幅（%）", "5%", 5, "%")]
    public async Task Read_UnitInTheCell_IsConvertedToThatOfTheColumn(string header, string cell, double value, string unit)
    {
        var output = await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8($"日期,{header}\n2026-01-01,{cell}\n2026-01-02,{cell}\n"));

        Assert.Equal((double[])[value, value], output.Numbers("values"));
        Assert.Equal(unit, output.GetProperty("valueUnit").GetString());
    }

    [Theory]
    [InlineData("价格", "68000元/吨", "68元/件")]
    [InlineData("价格", "¥68000", "$9500")]
    [InlineData("价格（元/吨）", "68000", "$9500")]
    [InlineData("价格（元/吨）", "68000", "9500吨")]
    public async Task Read_AnotherUnitInTheColumn_IsRefused(string header, string first, string second)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8($"日期,{header}\n2026-01-01,{first}\n2026-01-02,{second}\n"));

        Assert.Equal("IB7103", failure.Code);
        Assert.StartsWith("第 3 行", failure.Message.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024年1月", "2024年2月", "2024-01", "month")]
    [InlineData("2024/1/31", "2024/2/29", "2024-01-31", "month")]
    [InlineData("2024.1.5", "2024.1.12", "2024-01-05", "week")]
    [InlineData("2024年1月5日", "2024年1月12日", "2024-01-05", "week")]
    [InlineData("２０２４－０１－０５", "２０２４－０１－１２", "2024-01-05", "week")]
    [InlineData("2024-01-05T00:00:00+08:00", "2024-01-12T00:00:00+08:00", "2024-01-05", "week")]
    [InlineData("45296", "45303", "2024-01-05", "week")]
    [InlineData("20240105", "20240112", "2024-01-05", "week")]
    [InlineData("202401", "202402", "2024-01", "month")]
    [InlineData("2024Q1", "2024Q2", "2024-Q1", "quarter")]
    [InlineData("2024年1季度", "2024年2季度", "2024-Q1", "quarter")]
    [InlineData("2024年第一季度", "2024年第二季度", "2024-Q1", "quarter")]
    [InlineData("2023年", "2024年", "2023", "year")]
    public async Task Read_WrittenDate_IsThatDate(string first, string second, string start, string step)
    {
        var output = await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8($"日期,价格\n{first},1\n{second},2\n"));

        Assert.Equal(start, output.GetProperty("startDate").GetString());
        Assert.Equal(step, output.GetProperty("step").GetString());
    }

    [Theory]
    [InlineData("价格\n1\n2\n\n4\n", 4)]
    [InlineData("价格,备注\n1,a\n2,a\n,\n4,a\n", 4)]
    [InlineData("1\n2\n  \n4\n", 3)]
    public async Task Read_BlankRowWithoutDates_IsAGap(string text, int row)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8(text));

        Assert.Equal("IB7104", failure.Code);
        Assert.StartsWith($"第 {row} 行", failure.Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BlankRowsAroundTheData_AreNoGap() =>
        Assert.Equal((double[])[1, 2], (await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8("\n价格\n\n1\n2\n\n\n"))).Numbers("values"));

    [Fact]
    public async Task Read_BlankDate_IsNamed()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8("日期,价格\n2026-01-01,1\n,2\n"));

        Assert.Equal("第 3 行「日期」为空。", failure.Message.Zh);
    }

    [Fact]
    public async Task Read_TitlePageBeforeTheTable_ReadsTheTable()
    {
        var book = Workbook.OfSheets([["说明"]], [["日期", "价格"], ["d46023", "5.5"], ["d46024", "6"], ["d46025", "7"]]);

        var output = await _component.OutputAsync(new { file = CallContext.File }, new CallContext(book));

        Assert.Equal([5.5, 6, 7], output.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
    }

    [Fact]
    public async Task Read_ErrorInAWorkbook_IsNamedByItsRow()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, new CallContext(Workbook.Of(["日期", "价格"], ["d46023", "5.5"], [], ["d46024", "#N/A"], ["d46025", "7"])));

        Assert.Equal("IB7104", failure.Code);
        Assert.Equal("第 4 行「价格」为空。", failure.Message.Zh);
        Assert.Contains("#N/A", failure.Action!.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("日期,价格\n", 4)]
    [InlineData("日期,价格\n2026-01-01,1\n2026-01-02,2\n", 4)]
    public async Task Read_TooFewRows_SaysHowManyAreNeeded(string text, int needed)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File, minCount = needed }, CallContext.Utf8(text));

        Assert.Equal("IB7106", failure.Code);
    }

    [Fact]
    public async Task Read_NoNumbers_SaysHowManyAreNeeded()
    {
        var failure = await _component.RefusalAsync(new { series = Array.Empty<double>(), minCount = 4 });

        Assert.Equal("「series」只有 0 个值，至少需要 4 个。", failure.Message.Zh);
    }
}
