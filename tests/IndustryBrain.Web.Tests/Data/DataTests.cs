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
    [InlineData(25.77193, "25.7719")]
    [InlineData(0.00012345678, "0.000123457")]
    [InlineData(-1234567.4, "-1,234,567")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "–")]
    public void NumberText_SixDigits_Thousands(double value, string expected) => Assert.Equal(expected, NumberText.Of(value));

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
    public async Task JsonViewer_LargeArray_DrawsAHundredAtOnce()
    {
        await using var context = new WebContext("en");
        var json = WebContext.Json("[" + string.Join(',', Enumerable.Range(0, 100_000)) + "]");

        var viewer = context.Render<JsonViewer>(p => p.Add(v => v.Value, json));

        Assert.Equal(101, viewer.FindAll("li").Count);
        Assert.Contains("99900 more", viewer.Markup, StringComparison.Ordinal);
    }
}
