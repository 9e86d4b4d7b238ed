using Bunit;
using IndustryBrain.Web.Data;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Tests.Data;

public sealed class DataTests
{
    [Theory]
    [InlineData("/a/0/b~1c", "1")]
    [InlineData("/a/0/d~0e", "2")]
    [InlineData("/a/1", null)]
    [InlineData("/a/00", null)]
    [InlineData("/a/-", null)]
    [InlineData("/n", null)]
    [InlineData("a", null)]
    public void TryFind_Pointer_FollowsRfc6901(string pointer, string? expected) =>
        Assert.Equal(expected, JsonPointer.TryFind(WebContext.Json("""{"a":[{"b/c":1,"d~e":2}],"n":null}"""), pointer, out var value) ? value.ToString() : null);

    [Fact]
    public void Csv_FormulaTextNumbersAndQuotes_AreSafeAndExact() =>
        Assert.Equal("\ufeff名,值\r\n'=1+1,-5\r\n\"a,\"\"b\",0.1\r\n'@x,\r\n", Csv.Write(["名", "值"], [["=1+1", -5.0], ["a,\"b", 0.1], ["@x", null]]));

    [Theory]
    [InlineData(68400, "68,400")]
    [InlineData(2026, "2026")]
    [InlineData(4298.3123, "4,298.31")]
    [InlineData(999.5, "999.5")]
    [InlineData(25.77193, "25.7719")]
    [InlineData(0.00012345678, "0.000123457")]
    [InlineData(-1234567.4, "-1,234,567")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "–")]
    public void NumberText_SixDigits_Thousands(double value, string expected) => Assert.Equal(expected, NumberText.Of(value));

    [Theory]
    [InlineData(-0.001, "N2", "0.00")]
    [InlineData(-0.001, "P1", "-0.1 %")]
    [InlineData(-0.0, "N0", "0")]
    [InlineData(-0.01, "N2", "-0.01")]
    public void NumberText_RoundsToNothing_HasNoSign(double value, string format, string expected) => Assert.Equal(expected, NumberText.Of(value, format));

    [Fact]
    public void NumberText_BrokenFormat_StillShowsTheNumber() => Assert.Equal("12,345", NumberText.Of(12345, "Q9"));

    [Fact]
    public async Task DataTable_ManyRows_PagesAndSortsNumbersBySize()
    {
        await using var context = new WebContext();
        var rows = Enumerable.Range(0, 120).Select(i => (object)(double)((i * 7) % 120)).ToList();
        var table = context.Render<DataTable<object>>(p => p.Add(t => t.Rows, rows).Add(t => t.Columns, [new("值", r => r) { IsNumeric = true }]).Add(t => t.Label, "t"));

        table.Find("th button").Click();
        table.Find("button[aria-label=下一页]").Click();

        Assert.Equal("50", table.Find("tbody td").TextContent.Trim());
        Assert.Equal("第 51–100 行，共 120 行", table.Find("[role=status]").TextContent);
        Assert.Equal("ascending", table.Find("th").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task DataTable_Search_ShowsOnlyRowsThatFit()
    {
        await using var context = new WebContext("en");
        var rows = Enumerable.Range(0, 120).Select(i => (object)$"row {i}").ToList();
        var table = context.Render<DataTable<object>>(p => p.Add(t => t.Rows, rows).Add(t => t.Columns, [new("Name", r => r)]).Add(t => t.Label, "t"));

        table.Find("input[type=search]").Input("row 11");

        Assert.Equal(["row 11", "row 110", "row 111", "row 112", "row 113", "row 114", "row 115", "row 116", "row 117", "row 118", "row 119"], table.FindAll("tbody td").Select(c => c.TextContent.Trim()));
        Assert.Equal("11 of 120 rows found", table.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task DataTable_NumbersOfAColumn_HaveEqualDecimals()
    {
        await using var context = new WebContext();
        var rows = new object[] { 36.0609, 34.236, 29.87, 39.8482 };

        var table = context.Render<DataTable<object>>(p => p.Add(t => t.Rows, rows).Add(t => t.Columns, [new("值", r => r) { IsNumeric = true }]).Add(t => t.Label, "t"));

        Assert.Equal(["36.0609", "34.2360", "29.8700", "39.8482"], table.FindAll("tbody td").Select(c => c.TextContent.Trim()));
    }

    [Theory]
    [InlineData(12, "ib-nowrap", false)]
    [InlineData(30, null, false)]
    [InlineData(120, "ib-wrap", false)]
    [InlineData(1000, "ib-long", true)]
    public async Task DataTable_Texts_AreReadInFullUnlessTheyAreLong(int length, string? css, bool tooltip)
    {
        await using var context = new WebContext();

        var table = context.Render<DataTable<object>>(p => p.Add(t => t.Rows, [new string('字', length)]).Add(t => t.Columns, [new("来源", r => r)]).Add(t => t.Label, "t"));

        Assert.Equal(css, table.Find("tbody td").GetAttribute("class"));
        Assert.Equal(tooltip, table.Find("tbody td").HasAttribute("title"));
    }

    [Theory]
    [InlineData("CNY/t", "元/吨", "CNY/t")]
    [InlineData("kg/件", "kg/件", "kg/pcs")]
    [InlineData("{pieces}", "件", "pcs")]
    [InlineData("kW.h", "kWh", "kWh")]
    [InlineData("台", "台", "pcs")]
    [InlineData("10*4.CNY", "万元", "10k CNY")]
    [InlineData("something", "something", "something")]
    [InlineData("1", null, null)]
    public void UnitText_AnyWriting_ReadsAlike(string unit, string? zh, string? en)
    {
        System.Globalization.CultureInfo.CurrentUICulture = new("zh-CN");
        Assert.Equal(zh, UnitText.Of(unit));
        System.Globalization.CultureInfo.CurrentUICulture = new("en");
        Assert.Equal(en, UnitText.Of(unit));
    }

    [Fact]
    public async Task JsonViewer_LargeArray_DrawsAHundredAtOnce()
    {
        await using var context = new WebContext("en");
        var json = WebContext.Json("[" + string.Join(',', Enumerable.Range(0, 100_000)) + "]");

        var viewer = context.Render<JsonViewer>(p => p.Add(v => v.Value, json));

        Assert.Equal(101, viewer.FindAll("li").Count);
        Assert.Contains("99900 more", viewer.Markup, StringComparison.Ordinal);
    }
}
