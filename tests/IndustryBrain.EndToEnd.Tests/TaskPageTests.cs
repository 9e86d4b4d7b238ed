using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>A person decides what a run asks, on the page of the task.</summary>
public sealed class TaskPageTests(Site site)
{
    [Fact]
    public async Task Task_DecidedOnItsPage_LetsTheRunGoOn()
    {
        var ct = TestContext.Current.CancellationToken;
        var scenario = await site.Api.PublishAsync(Elsa.Scenario("e2e-task", "确认发布", Ask(), Elsa.Answer("answer", "getOutputFrom('ask', 'Result').limit")), ct);
        var run = await site.Api.RunAsync(scenario, null, ct);
        await using var visit = await site.OpenAsync("/runs/" + BrainApi.Id(run));

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "去办理" }).ClickAsync();
        await visit.Button("同意").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("请填写「限值」。")).ToBeVisibleAsync();
        Assert.Empty(await visit.BarriersAsync());
        // Enter in a field decides nothing.
        await visit.Field("限值").FillAsync("7");
        await visit.Field("限值").PressAsync("Enter");
        await visit.Field("意见").FillAsync("数据可信");
        await visit.Button("发表意见").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("数据可信")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Field("意见")).ToHaveValueAsync("");
        await visit.Button("同意").ClickAsync();

        await Assertions.Expect(visit.Page.GetByText("决定：同意")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Button("同意")).ToBeHiddenAsync();
        await visit.GoAsync("/runs/" + BrainApi.Id(run));
        await visit.UntilStateAsync("完成");
        Assert.Equal(7, (await site.Api.GetAsync("runs/" + BrainApi.Id(run), ct)).GetProperty("output").GetProperty("answer").GetDouble());
        Assert.Empty(visit.Complaints);
    }

    private static JsonObject Ask()
    {
        var ask = Elsa.Activity(
            "HumanTask",
            "ask",
            ("title", Elsa.Input("String", "Literal", "确认发布预警")),
            ("role", Elsa.Input("String", "Literal", "buyer")),
            ("schema", Elsa.Input("Object", "Object", """{"type":"object","properties":{"limit":{"type":"number","title":"限值"}},"required":["limit"]}""")));
        ask["type"] = "IndustryBrain.HumanTask";
        return ask;
    }
}
