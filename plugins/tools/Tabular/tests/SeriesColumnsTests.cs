namespace IndustryBrain.Plugins.Tabular.Tests;

/// <summary>Which column of a file is the wanted one, when its possible headers are given.</summary>
public sealed class SeriesColumnsTests
{
    private static readonly string[] Prices = ["价格", "单价", "均价", "收盘价", "price", "close"];

    private readonly ReadSeries _component = new();

    [Theory]
    [InlineData("价格")]
    [InlineData("价格（元/吨）")]
    [InlineData("价格【元/吨】")]
    [InlineData("价格 元/吨")]
    [InlineData("价格_元每吨")]
    [InlineData("价格/万元")]
    [InlineData("电池级碳酸锂均价(元/吨)")]
    [InlineData("　收盘价　")]
    [InlineData("Price")]
    [InlineData("PRICE (CNY/t)")]
    [InlineData("unit_price")]
    [InlineData("ClosePrice")]
    [InlineData("LME price USD/t")]
    [InlineData("碳酸锂（元/吨）")]
    [InlineData("电解铝")]
    public async Task Read_AcceptedHeader_TakesThatColumn(string header)
    {
        var context = CallContext.Utf8($"日期,{header},成交量\n2026-01-01,5,100\n2026-01-02,6,200\n");

        Assert.Equal((double[])[5, 6], (await _component.OutputAsync(new { file = CallContext.File, headers = Prices, commodity = "电解铝" }, context)).Numbers("values"));
    }

    [Theory]
    [InlineData("销量")]
    [InlineData("温度")]
    [InlineData("disclosed")]
    [InlineData("price index")]
    [InlineData("价格指数")]
    [InlineData("成交额（万元）")]
    public async Task Read_OnlyAnotherColumn_NamesWhatIsThereAndWhatIsAccepted(string header)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File, headers = Prices }, CallContext.Utf8($"日期,{header}\n2026-01-01,5\n2026-01-02,6\n"));

        Assert.Equal("IB7101", failure.Code);
        Assert.Equal($"没有「价格」列，只有：日期、{header}。", failure.Message.Zh);
        Assert.Equal($"There is no “price” column, only: 日期, {header}.", failure.Message.En);
        Assert.Contains("收盘价", failure.Action!.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AnotherColumnNamed_TakesIt() =>
        Assert.Equal((double[])[5, 6], (await _component.OutputAsync(new { file = CallContext.File, headers = Prices, column = "温度" }, CallContext.Utf8("日期,温度\n2026-01-01,5\n2026-01-02,6\n"))).Numbers("values"));

    [Theory]
    [InlineData("价格（元/吨）,价格（美元/吨）", "价格（元/吨）、价格（美元/吨）")]
    [InlineData("价格,收盘价", "价格、收盘价")]
    [InlineData("甲价格,乙价格", "甲价格、乙价格")]
    public async Task Read_TwoAcceptedColumns_NamesBoth(string headers, string named)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File, headers = Prices }, CallContext.Utf8($"日期,{headers}\n2026-01-01,5,7\n2026-01-02,6,8\n"));

        Assert.Equal("IB7101", failure.Code);
        Assert.Contains(named, failure.Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_QuotesOfADay_TakesTheClose() =>
        Assert.Equal((double[])[5, 6], (await _component.OutputAsync(new { file = CallContext.File, headers = Prices }, CallContext.Utf8("日期,开盘价,最高价,收盘价\n2026-01-01,1,9,5\n2026-01-02,2,9,6\n"))).Numbers("values"));

    [Theory]
    [InlineData("6.4\n5.6\n7.8\n")]
    [InlineData("2026-01-01,6.4\n2026-01-02,5.6\n2026-01-03,7.8\n")]
    public async Task Read_NoHeader_IsNotBoundByNames(string text) =>
        Assert.Equal((double[])[6.4, 5.6, 7.8], (await _component.OutputAsync(new { file = CallContext.File, headers = Prices }, CallContext.Utf8(text))).Numbers("values"));

    [Fact]
    public async Task Read_TextInTheAcceptedColumn_NamesItsFirstCell()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File, headers = Prices }, CallContext.Utf8("日期,价格,成交量\n2026-01-01,上涨,1\n2026-01-02,下跌,2\n"));

        Assert.Equal("第 2 行「价格」不是数字：'上涨'。", failure.Message.Zh);
    }

    [Fact]
    public async Task Read_DateColumnOfOtherText_IsNotLeftOut()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8("日期,价格\n31/01/2026,1\n28/02/2026,2\n"));

        Assert.Equal("第 2 行「日期」不是日期：'31/01/2026'。", failure.Message.Zh);
    }
}
