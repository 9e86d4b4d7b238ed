using IndustryBrain.Testing;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Pages survive a host that goes away, and show the truth when it is back; nobody reloads.</summary>
public sealed class LiveTests(Site site)
{
    private const string Lost = "连接已断开。内容仍可阅读，正在自动重连…";

    [Fact]
    public async Task Connection_HostRestarts_BarComesAndGoesAndTheRunIsShownAsItEnded()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ib-e2e-").FullName;
        var port = HostProcess.FreePort();
        try
        {
            Visit history, visit;
            await using (var first = await HostProcess.StartBareAsync(folder, port, ct))
            {
                history = await site.OpenAsync("/runs", address: first.Address);
                await Assertions.Expect(history.Page.GetByText("还没有运行过。")).ToBeVisibleAsync();
                var api = new BrainApi(first.Client);
                var id = await api.PublishAsync(Elsa.Scenario("e2e-restart", "跨过重启", Elsa.Delay("wait", TimeSpan.FromSeconds(3)), Elsa.Answer("answer", "'重启之后'")), ct);
                visit = await site.OpenAsync("/runs/" + await api.StartAsync(id, null, ct), address: first.Address);
            }

            await using var historyToClose = history;
            await using var visitToClose = visit;
            var bar = visit.Page.GetByText(Lost);
            await Assertions.Expect(bar).ToBeVisibleAsync();
            await Assertions.Expect(visit.Heading("跨过重启").First).ToBeVisibleAsync();
            Assert.Empty(await visit.BarriersAsync());

            await using var back = await HostProcess.StartBareAsync(folder, port, ct);
            await Assertions.Expect(bar).ToBeHiddenAsync();
            await visit.UntilStateAsync("完成");
            await Assertions.Expect(visit.Page.GetByText("重启之后").First).ToBeVisibleAsync();
            // The history, open all the while, has come back too and knows the run.
            await Assertions.Expect(history.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "跨过重启" })).ToContainTextAsync("完成");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Connection_BrokenForAMoment_ComesBackToTheSamePage()
    {
        await using var visit = await site.OpenAsync("/");
        await visit.Page.AddInitScriptAsync("const Real = WebSocket; window.sockets = []; window.WebSocket = class extends Real { constructor(...given) { super(...given); window.sockets.push(this); } };");
        await visit.GoAsync("/scenarios/price-outlook");
        await visit.Field("预测期数").FillAsync("9");
        await visit.Page.EvaluateAsync("window.stayed = true");
        var bar = visit.Page.GetByText(Lost);

        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Page.EvaluateAsync("window.sockets.forEach(s => s.close())");
        await Assertions.Expect(bar).ToBeVisibleAsync();
        await visit.Page.Context.SetOfflineAsync(false);

        await Assertions.Expect(bar).ToBeHiddenAsync();
        await Assertions.Expect(visit.Field("预测期数")).ToHaveValueAsync("9");
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.stayed === true"));
    }
}
