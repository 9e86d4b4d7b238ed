using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Finding a run again: the filters are the address, the pages hold fifty.</summary>
public sealed class HistoryTests(Site site)
{
    private const int Runs = 53;
    private const int Faulted = 2;

    [Fact]
    public async Task Runs_ManyOfAScenario_AreFilteredAndPaged()
    {
        var ct = TestContext.Current.CancellationToken;
        var id = await site.Api.PublishAsync(Elsa.Scenario("e2e-history", "历史示例", Elsa.Answer("answer", "getInput('note') === 'bad' ? nobody.knows : 1")), ct);
        var runs = new List<string>();
        for (var i = 0; i < Runs; i++)
            runs.Add(BrainApi.Id(await site.Api.RunAsync(id, new JsonObject { ["note"] = i < Faulted ? "bad" : "good" }, ct)));
        await using var visit = await site.OpenAsync("/runs");
        var rows = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "历史示例" });

        await visit.Choice("场景").SelectOptionAsync(new SelectOptionValue { Label = "历史示例" });
        await visit.Page.WaitForURLAsync(new Regex(@"/runs\?scenario=e2e-history$"));
        await Assertions.Expect(visit.Page.GetByText($"第 1–50 条，共 {Runs} 条")).ToBeVisibleAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(50);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "下一页" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText($"第 51–{Runs} 条，共 {Runs} 条")).ToBeVisibleAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(Runs - 50);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "上一页" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(50);

        await visit.Choice("状态").SelectOptionAsync(new SelectOptionValue { Label = "出错" });
        await Assertions.Expect(rows).ToHaveCountAsync(Faulted);
        await Assertions.Expect(visit.Page.GetByText($"共 {Faulted} 条")).ToBeVisibleAsync();

        var number = runs[0][^8..];
        await visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "编号或名称" }).FillAsync(number);
        await visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "编号或名称" }).PressAsync("Enter");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows.GetByText(number)).ToBeVisibleAsync();
        Assert.Matches(new Regex($"scenario=e2e-history&state=faulted&q={number}$"), visit.Page.Url);

        await visit.Choice("状态").SelectOptionAsync(new SelectOptionValue { Label = "完成" });
        await Assertions.Expect(visit.Page.GetByText("没有符合筛选的运行。")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "清除筛选" }).First.ClickAsync();
        await visit.Page.WaitForURLAsync("**/runs");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "编号或名称" })).ToHaveValueAsync("");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Filters_InTheAddress_AreTakenAsTheyCome()
    {
        await using var visit = await site.OpenAsync("/runs?scenario=no-such&state=nonsense&q=%3Cscript%3E&page=99", "en");

        await Assertions.Expect(visit.Page.GetByText("No run fits the filters.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("<script>")).ToBeVisibleAsync();
        Assert.Empty(await visit.BarriersAsync());
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("zh-CN", "这个场景还没有运行过。")]
    [InlineData("en", "This scenario has not been run yet.")]
    public async Task Scenario_NeverRun_SaysSo(string language, string sentence)
    {
        var id = await site.Api.PublishAsync(Elsa.Scenario("e2e-never-run", "没有运行", Elsa.Answer("answer", "1")), TestContext.Current.CancellationToken);

        await using var visit = await site.OpenAsync($"/scenarios/{id}?tab=history", language);

        await Assertions.Expect(visit.Page.GetByText(sentence)).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }
}
