using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Pages in the states that come of doing something, each in four looks that hold every pair of language, theme and size.</summary>
public sealed class StatePageTests(Site site)
{
    private static readonly (string Language, bool Dark, bool Phone)[] Looks = [("zh-CN", false, false), ("en", true, false), ("en", false, true), ("zh-CN", true, true)];

    public static TheoryData<string, string, bool, bool> States
    {
        get
        {
            var states = new TheoryData<string, string, bool, bool>();
            foreach (var state in new[] { "forecast", "footprint", "faulted", "waiting", "cancelled", "component", "draft", "missing-run", "404" })
            {
                foreach (var (language, dark, phone) in Looks) states.Add(state, language, dark, phone);
            }

            return states;
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Page_InAState_HasNoComplaintNoBarrierNoOverflow(string state, string language, bool dark, bool phone)
    {
        await using var visit = await OpenAsync(state, language, dark, phone);

        await visit.SaveScreenshotAsync($"state-{state}-{language}-{(dark ? "dark" : "light")}-{(phone ? "phone" : "wide")}");
        Assert.Empty(await visit.BarriersAsync());
        Assert.True(await visit.FitsTheScreenAsync(), "The page is wider than the screen.");
        await visit.AssertNoTraceAsync();
        // The browser itself reports a page that is not there.
        Assert.DoesNotContain(visit.Complaints, c => state != "404" || !c.Contains("404", StringComparison.Ordinal));
    }

    private async Task<Visit> OpenAsync(string state, string language, bool dark, bool phone)
    {
        var english = language == "en";
        switch (state)
        {
            case "forecast":
                return await RunAsync("price-outlook", new JsonObject { ["series"] = new JsonArray(6.4, 5.6, 7.8, 8.8, 11.0, 11.6, 16.7, 15.3, 21.6, 22.4) }, english ? "Done" : "完成");
            case "footprint":
                return await RunAsync("carbon-footprint", Footprint(), english ? "Done" : "完成");
            case "faulted":
                return await RunAsync("price-outlook", new JsonObject { ["series"] = new JsonArray(1, 2, 1e300, 4) }, english ? "Failed" : "出错");
            case "waiting":
                return await RunAsync(await WaitingAsync(), null, english ? "Suspended" : "已挂起");
            case "cancelled":
                var cancelled = await RunAsync(await WaitingAsync(), null, english ? "Suspended" : "已挂起");
                await cancelled.Button(english ? "Cancel run" : "取消运行").ClickAsync();
                await cancelled.UntilStateAsync(english ? "Cancelled" : "已取消");
                return cancelled;
            case "component":
                var component = await site.LookAsync("/components/forecasting.des", language, dark, phone);
                await component.Button(english ? "Fill in examples" : "填入示例值").ClickAsync();
                await component.Button(english ? "Try component" : "试运行组件").ClickAsync();
                await component.Page.GetByText("25.77").First.WaitForAsync();
                return component;
            case "draft":
                await site.Api.ImportAsync(Elsa.Scenario("e2e-draft", "草稿", Elsa.Line("line", "1"), Elsa.Activity("SetVariable", "set", ("variable", new JsonObject { ["id"] = "nowhere", ["name"] = "nowhere" }))), TestContext.Current.CancellationToken);
                return await site.LookAsync("/scenarios/e2e-draft?tab=definition", language, dark, phone);
            case "missing-run":
                return await site.LookAsync($"/runs/{Guid.Empty}", language, dark, phone);
            default:
                return await site.LookAsync("/no/such/page", language, dark, phone);
        }

        async Task<Visit> RunAsync(string definitionId, JsonNode? input, string word)
        {
            var run = await site.Api.RunAsync(definitionId, input, TestContext.Current.CancellationToken);
            var visit = await site.LookAsync("/runs/" + BrainApi.Id(run), language, dark, phone);
            await visit.UntilStateAsync(word);
            return visit;
        }
    }

    private Task<string> WaitingAsync() =>
        site.Api.PublishAsync(Elsa.Scenario("e2e-state-waiting", "等待一小时", Elsa.Line("line", "先写一行"), Elsa.Event("event", "approved")), TestContext.Current.CancellationToken);

    private static JsonObject Footprint() => new()
    {
        ["activity"] = new JsonArray(
            new JsonObject { ["item"] = "电力", ["quantity"] = 3000000, ["unit"] = "kWh" },
            new JsonObject { ["item"] = "天然气", ["quantity"] = 100000, ["unit"] = "m3" }),
        ["pieces"] = 50000,
        ["region"] = "重庆",
        ["year"] = 2022,
    };
}
