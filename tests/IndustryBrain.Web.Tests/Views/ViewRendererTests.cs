using System.Text.Json;
using Bunit;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Views;
using IndustryBrain.Web.Views;
using View = IndustryBrain.Sdk.Views.View;

namespace IndustryBrain.Web.Tests.Views;

public sealed class ViewRendererTests
{
    private static readonly LocalizedText Name = new("价格", "Price");

    private static readonly Chart Forecast = new(Name, "line", "/x",
        [new(Name, "/actual", SeriesRole.Actual), new(new("预测", "Forecast"), "/forecast", SeriesRole.Forecast), new(new("区间", "Interval"), "/low", SeriesRole.Band) { Upper = "/high" }])
    { UnitPointer = "/unit" };

    private static readonly JsonElement Data = WebContext.Json(
        """{"unit":"CNY/t","x":["2026-11-13","2026-11-20","2026-11-27"],"actual":[67500,68400],"forecast":[null,null,69128],"low":[null,null,68732],"high":[null,null,69525],"alert":"warning","rows":[{"a":1234.5,"n":"<b>"}]}""");

    [Fact]
    public async Task Render_MissingValues_AreLeftOut()
    {
        await using var context = new WebContext();
        var view = new View(Name, [new KpiTiles([new(Name, "/nope"), new(Name, "/actual/1") { UnitPointer = "/unit" }]), new Table(Name, "/nope", []), Forecast with { Series = [new(Name, "/nope", SeriesRole.Actual)] }]);

        var page = context.Render<ViewRenderer>(p => p.Add(v => v.View, view).Add(v => v.Data, Data));

        Assert.Equal("68,400元/吨", Assert.Single(page.FindAll(".ib-kpi-value")).TextContent);
        Assert.Empty(page.FindAll("table, .ib-chart"));
    }

    [Fact]
    public async Task Download_TableOfAView_IsNamedAfterIt()
    {
        await using var context = new WebContext("en");
        var module = context.JSInterop.SetupModule("./_content/IndustryBrain.Web/dist/shell.js");
        module.Mode = JSRuntimeMode.Loose;
        var view = new View(Name, [new Table(new("预测值", "Forecast values"), "/rows", [new(Name, "/a")])]);
        var page = context.Render<ViewRenderer>(p => p.Add(v => v.View, view).Add(v => v.Data, Data).Add(v => v.FileName, "price-1"));

        page.FindAll("button").Single(b => b.TextContent == "Download this table, JSON").Click();

        Assert.Equal("price-1-forecast-values.json", module.VerifyInvoke("download").Arguments[0]);
    }

    [Fact]
    public async Task Render_NothingYet_SaysSo()
    {
        await using var context = new WebContext();

        var page = context.Render<ViewRenderer>(p => p.Add(v => v.View, new View(Name, [Forecast])).Add(v => v.Data, WebContext.Json("{}")));

        Assert.Contains("没有可显示的结果", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_Chart_HasSentenceAndTable()
    {
        await using var context = new WebContext("en");
        var page = context.Render<ViewRenderer>(p => p.Add(v => v.View, new View(Name, [Forecast])).Add(v => v.Data, Data));

        Assert.Contains("Forecast: last value 69,128 CNY/t (2026-11-27). Interval: 68,732 CNY/t to 69,525 CNY/t.", page.Find(".ib-chart-card .ib-sr").TextContent, StringComparison.Ordinal);
        page.Find("button[aria-pressed]").Click();

        Assert.Equal(["2026-11-27", "–", "69,128", "68,732", "69,525"], page.FindAll("tbody tr")[^1].QuerySelectorAll("td").Select(c => c.TextContent.Trim()));
    }

    [Theory]
    [InlineData("""{"x":["电力","柴油"],"v":[1568100,77397.5]}""", "Emission: 2 items. 电力 1,568,100 kg; 柴油 77,397.5 kg.")]
    [InlineData("""{"x":["电力"],"v":[1568100]}""", "Emission: 1 item. 电力 1,568,100 kg.")]
    [InlineData("""{"v":[1,2,3,4,5,6,7,8,9,10,11]}""", "Emission: 11 items. 1 1 kg; 2 2 kg; 3 3 kg; 4 4 kg; 5 5 kg; 6 6 kg; 7 7 kg; 8 8 kg; 9 9 kg; 10 10 kg. The table holds 1 more.")]
    public void Sentence_OfBars_SaysEachAndNoCourseOfTime(string data, string expected)
    {
        System.Globalization.CultureInfo.CurrentUICulture = new("en");
        var bars = new Chart(Name, "bar", "/x", [new(Name, "/v", SeriesRole.Actual)]) { Unit = "kg" };

        Assert.Equal(expected, ChartReading.Sentence("Emission", ChartReading.Read(bars, WebContext.Json(data))!));
    }

    [Fact]
    public async Task Render_LabelledValueAndHostileText_AreWordsNotMarkup()
    {
        await using var context = new WebContext();
        ValueLabel[] labels = [new("warning", new("已触发", "Triggered"), "warning\" onmouseover=\"x")];
        var view = new View(Name, [new FieldList(Name, [new(Name, "/alert") { Labels = labels }]), new Table(Name, "/rows", [new(Name, "/a") { Format = "N1" }, new(Name, "/n")])]);

        var page = context.Render<ViewRenderer>(p => p.Add(v => v.View, view).Add(v => v.Data, Data));

        Assert.Equal("ib-badge ib-tone-neutral", page.Find(".ib-fieldlist .ib-badge").ClassName);
        Assert.Equal(["1,234.5", "<b>"], page.FindAll("tbody td").Select(c => c.TextContent.Trim()));
    }

    [Fact]
    public void Read_Forecast_KnowsTheLastTruePoint()
    {
        var chart = ChartReading.Read(Forecast, Data)!;

        Assert.Equal(1, chart.LastActual);
        Assert.EndsWith("2026-11-20", chart.LatestLabel, StringComparison.Ordinal);
        Assert.Equal(["actual", "forecast", "band"], chart.Series.Select(s => s.Role));
    }
}
