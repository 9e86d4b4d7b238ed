using IndustryBrain.Runtime.Runs;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests;

public sealed class RunListTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task List_Text_FindsByNumberAndNameAmongAllRunsAndPages()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("steel", Definitions.Line("a", "a")).Replace("测试", "Steel_100%", StringComparison.Ordinal), ct);
        await host.PublishAsync(Definitions.Sequence("other", Definitions.Line("a", "a")).Replace("\"Test\"", "\"Other\"", StringComparison.Ordinal), ct);
        var ids = new List<string>();
        foreach (var scenario in new[] { "steel", "other", "other" })
            ids.Add((await host.PostAsync($"scenarios/{scenario}/runs?wait=30", "{}", ct)).Body.GetProperty("id").GetString()!);
        var runs = host.Services.GetRequiredService<RunCoordinator>();
        var caller = new Caller(DemoOrganization.Id, Actor.System, "system");

        async Task<string> FoundAsync(string text) => string.Join(' ', (await runs.ListAsync(caller, new RunFilter { Text = text }, ct)).Items.Select(r => ids.IndexOf(r.Id.ToString())).Order());

        Assert.Equal("0", await FoundAsync("steel"));
        Assert.Equal("0", await FoundAsync("0%"));
        Assert.Equal("1 2", await FoundAsync("OTHER"));
        Assert.Equal("1", await FoundAsync(ids[1][^8..].ToUpperInvariant()));
        Assert.Equal("2", await FoundAsync(ids[2]));
        Assert.Equal("", await FoundAsync("l%0"));
        Assert.Equal("", await FoundAsync("\0"));
        var second = await runs.ListAsync(caller, new RunFilter { Text = "other", Page = 2, PageSize = 1 }, ct);
        Assert.Equal((2, ids[1]), (second.Total, second.Items.Single().Id.ToString()));
    }
}
