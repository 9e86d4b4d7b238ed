using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Runs that are broken are found by scenario and code, and let go on together, after a preview.</summary>
public sealed class BrokenRunsTests(Site site)
{
    [Fact]
    public async Task BrokenRuns_OfAScenario_AreSkippedTogetherAfterAPreview()
    {
        var ct = TestContext.Current.CancellationToken;
        var id = await site.Api.PublishAsync(Elsa.Scenario("e2e-broken-runs", "断料示例", Elsa.Fault("feed", "料仓已空"), Elsa.Answer("answer", "'其后'")), ct);
        string[] runs = [BrainApi.Id(await site.Api.RunAsync(id, null, ct)), BrainApi.Id(await site.Api.RunAsync(id, null, ct))];
        await using var visit = await site.OpenAsync("/runs/broken");
        var rows = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "断料示例" });

        await visit.Choice("场景").SelectOptionAsync(new SelectOptionValue { Label = "断料示例" });
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex(@"/runs/broken\?scenario=e2e-broken-runs$"));
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.First).ToContainTextAsync("料仓已空");
        Assert.Empty(await visit.BarriersAsync());
        await visit.Page.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await Assertions.Expect(visit.Heading("让选中的 2 个运行继续")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "跳过" }).ClickAsync();
        await visit.Field("输出（JSON 对象）").FillAsync("{}");
        await Assertions.Expect(visit.Button("继续运行")).ToBeDisabledAsync();
        await visit.Button("先看会怎样").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("可以继续：2 个；不能：0 个。")).ToBeVisibleAsync();
        await visit.Button("继续运行").ClickAsync();

        await Assertions.Expect(visit.Page.GetByText("已继续：2 个；不能：0 个。")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("没有符合条件的出错运行。")).ToBeVisibleAsync();
        foreach (var run in runs)
        {
            await visit.GoAsync("/runs/" + run);
            await visit.UntilStateAsync("完成");
        }

        Assert.Empty(visit.Complaints);
    }
}
