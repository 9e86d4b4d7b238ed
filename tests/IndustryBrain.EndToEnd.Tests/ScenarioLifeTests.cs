using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>A definition from another program on its way through the pages: imported, judged, published, run, cancelled, run again, taken out.</summary>
public sealed partial class ScenarioLifeTests(Site site)
{
    [Fact]
    public async Task Definition_ImportedOnThePage_IsPublishedRunCancelledRunAgainAndExported()
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = Elsa.Scenario("e2e-life", "一生", Elsa.Delay("wait", TimeSpan.FromHours(1)), Elsa.Answer("answer", "getInput('note')"));
        await using var visit = await site.OpenAsync("/scenarios");

        await visit.ChooseAsync(visit.Field("导入场景"), "一生.json", Encoding.UTF8.GetBytes(definition.ToJsonString()));
        await Assertions.Expect(visit.Heading("已导入「一生」草稿 1")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("没有发现问题，可以发布。")).ToBeVisibleAsync();
        var news = visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "已导入" });
        await news.GetByRole(AriaRole.Button, new() { Name = "发布版本" }).ClickAsync();
        await Assertions.Expect(news.GetByRole(AriaRole.Button, new() { Name = "发布版本" })).ToBeHiddenAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "打开场景" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/scenarios/e2e-life");

        await visit.Field("note").FillAsync("同一份输入");
        await visit.Button("运行场景").ClickAsync();
        var first = await RunShownAsync(visit);
        await visit.UntilStateAsync("已挂起");
        await visit.Button("取消运行").ClickAsync();
        await visit.UntilStateAsync("已取消");
        await visit.Button("再运行一次").ClickAsync();
        await visit.Page.WaitForURLAsync(url => RunAddress().IsMatch(url) && !url.EndsWith(first, StringComparison.Ordinal));
        var second = await RunShownAsync(visit);
        await visit.UntilStateAsync("已挂起");

        var (before, after) = (await site.Api.GetAsync("runs/" + first, ct), await site.Api.GetAsync("runs/" + second, ct));
        Assert.Equal("Cancelled", before.GetProperty("subStatus").GetString());
        Assert.Equal("同一份输入", before.GetProperty("input").GetProperty("note").GetString());
        Assert.True(JsonElement.DeepEquals(before.GetProperty("input"), after.GetProperty("input")));

        await visit.GoAsync("/scenarios/e2e-life?tab=definition");
        var (name, text) = await visit.DownloadAsync(visit.Button("导出定义"));
        Assert.Equal("e2e-life.json", name);
        Assert.True(JsonNode.DeepEquals(definition, JsonNode.Parse(text)), text);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("zh-CN", "导入场景", "发布版本")]
    [InlineData("en", "Import scenario", "Publish version")]
    public async Task Definition_WithFindings_ShowsThemAndOffersToPublishOnlyWithoutErrors(string language, string import, string publish)
    {
        var id = "e2e-findings-" + language;
        await using var visit = await site.OpenAsync("/scenarios", language);
        var news = visit.Page.GetByRole(AriaRole.Status);

        var warned = Elsa.Scenario(id, "Findings", Elsa.Line("line", "1"), Elsa.Activity("SetVariable", "set", ("variable", new JsonObject { ["id"] = "nowhere", ["name"] = "nowhere" })));
        await visit.ChooseAsync(visit.Field(import), "warned.json", Encoding.UTF8.GetBytes(warned.ToJsonString()));
        await Assertions.Expect(visit.Page.GetByText("IBS0038")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("nowhere").First).ToBeVisibleAsync();
        await Assertions.Expect(news.GetByRole(AriaRole.Button, new() { Name = publish })).ToBeVisibleAsync();

        var refused = Elsa.Scenario(id, "Findings", new JsonObject { ["id"] = "tool", ["nodeId"] = "root:tool", ["type"] = "IndustryBrain.no.such", ["version"] = 1 });
        await visit.ChooseAsync(visit.Field(import), "refused.json", Encoding.UTF8.GetBytes(refused.ToJsonString()));
        await Assertions.Expect(visit.Page.GetByText("IBS0050")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("no.such").First).ToBeVisibleAsync();
        await Assertions.Expect(news.GetByRole(AriaRole.Button, new() { Name = publish })).ToBeHiddenAsync();
        Assert.Empty(await visit.BarriersAsync());
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("zh-CN", "导入场景", "")]
    [InlineData("zh-CN", "导入场景", "日期,价格\n2026-01-02,61000\n")]
    [InlineData("en", "Import scenario", "[1,2,3]")]
    [InlineData("en", "Import scenario", "{\"definitionId\":\"e2e-broken\",\"root\":")]
    public async Task Definition_NotOne_IsRefusedInWords(string language, string import, string content)
    {
        await using var visit = await site.OpenAsync("/scenarios", language);

        await visit.ChooseAsync(visit.Field(import), "not-a-definition.json", Encoding.UTF8.GetBytes(content));

        var said = await visit.Page.GetByRole(AriaRole.Alert).First.InnerTextAsync();
        Assert.Matches(@"IBS?\d{4}", said);
        Assert.Equal(language == "zh-CN", Regex.IsMatch(said, @"\p{IsCJKUnifiedIdeographs}"));
        await visit.AssertNoTraceAsync();
        Assert.Empty(visit.Complaints);
    }

    private static async Task<string> RunShownAsync(Visit visit)
    {
        await visit.Page.WaitForURLAsync(RunAddress());
        return visit.Page.Url[(visit.Page.Url.LastIndexOf('/') + 1)..];
    }

    [GeneratedRegex("/runs/[0-9a-f-]{36}$")]
    private static partial Regex RunAddress();
}
