using System.Net.Http.Json;
using System.Text.Json;
using IndustryBrain.Testing;
using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Pages follow what happens, without a reload, and survive a host that goes away.</summary>
public sealed class LiveTests(Site site)
{
    [Fact]
    public async Task RunPage_RunContinues_UpdatesWithoutReload()
    {
        var ct = TestContext.Current.CancellationToken;
        using var definition = new StringContent(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "waiting-scenario.json"), ct), System.Text.Encoding.UTF8, "application/json");
        using var imported = await site.Host.Client.PostAsync(new Uri("/api/v1/scenarios/import", UriKind.Relative), definition, ct);
        Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync(ct));
        using var published = await site.Host.Client.PostAsync(new Uri("/api/v1/scenarios/e2e-waiting/publish", UriKind.Relative), null, ct);
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync(ct));
        using var started = await site.Host.Client.PostAsJsonAsync(new Uri("/api/v1/scenarios/e2e-waiting/runs", UriKind.Relative), new { input = new { } }, ct);
        var run = await started.Content.ReadFromJsonAsync<JsonElement>(ct);

        await using var visit = await site.OpenAsync($"/runs/{run.GetProperty("id").GetString()}");
        await visit.Page.EvaluateAsync("window.stayed = true");
        await visit.UntilStateAsync("完成");

        await Assertions.Expect(visit.Page.GetByText("42").First).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.stayed === true"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Connection_HostRestarts_BarComesAndGoes()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ib-e2e-").FullName;
        var port = HostProcess.FreePort();
        try
        {
            Visit visit;
            await using (var first = await HostProcess.StartAsync(folder, port, null, ct))
            {
                visit = await site.OpenAsync("/", address: first.Address);
            }

            await using (visit)
            {
                var bar = visit.Page.Locator("#components-reconnect-modal");
                await Assertions.Expect(bar).ToBeVisibleAsync(new() { Timeout = 30_000 });
                await Assertions.Expect(visit.Heading("工作台").First).ToBeVisibleAsync();

                await using var second = await HostProcess.StartAsync(folder, port, null, ct);

                await Assertions.Expect(bar).ToBeHiddenAsync(new() { Timeout = 30_000 });
                await Assertions.Expect(visit.Heading("工作台").First).ToBeVisibleAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
