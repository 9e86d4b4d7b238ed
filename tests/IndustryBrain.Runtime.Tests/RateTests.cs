using System.Text.Json;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

public sealed class RateTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task Starts_AboveTheLimit_AreAnsweredWithWhenToTryAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Limits:StartsPerMinute", "3"));
        await host.PublishAsync(Definitions.Sequence("quick", Definitions.Line("a", "a")), ct);
        for (var i = 0; i < 3; i++)
            Assert.Equal(202, (await host.PostAsync("scenarios/quick/runs", "{}", ct)).Status);

        using var answer = await host.Client.PostAsync(new Uri("/api/v1/scenarios/quick/runs", UriKind.Relative), RuntimeHost.Json("{}"), ct);

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("IB0924", JsonElement.Parse(await answer.Content.ReadAsStringAsync(ct)).GetProperty("code").GetString());
        // Reading goes on, and what was refused was not accepted.
        Assert.Equal(3, (await host.GetAsync("runs", ct)).Body.GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Requests_AboveTheLimitOfOneCaller_LeaveTheOthersAlone()
    {
        const string key = "0123456789abcdef0123456789abcdef";
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Limits:ReadsPerMinute", "4"), ("IB_BOOTSTRAP_API_KEY", key));

        // Nobody known: counted by address, so that guessing keys ends too.
        List<int> strangers = [];
        for (var i = 0; i < 6; i++)
            strangers.Add((await host.GetAsync("runs", ct)).Status);
        host.Client.DefaultRequestHeaders.Add("X-Api-Key", key);
        List<int> known = [];
        for (var i = 0; i < 6; i++)
            known.Add((await host.GetAsync("runs", ct)).Status);

        Assert.Equal([401, 401, 401, 401, 429, 429], strangers);
        Assert.Equal([200, 200, 200, 200, 429, 429], known);
    }
}
