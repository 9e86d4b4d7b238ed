using System.Text.Json;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Quotas;

/// <summary>What an organization may use, and what becomes of more.</summary>
public sealed class QuotaTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task OpenRuns_AsManyAsMay_RefusesPeopleAndLetsTimeWait()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct, ("Quotas:OpenRuns", "100"), ($"Quotas:Organizations:{RuntimeHost.Organization}:OpenRuns", "2"));
        await host.PublishAsync(Definitions.Sequence("open", Definitions.Event("e", "Go")), ct);
        var first = await host.WaitingAsync((await host.StartRunAsync("open", "{}", ct)).Id, ct);
        await host.WaitingAsync((await host.StartRunAsync("open", "{}", ct)).Id, ct);

        using var refused = await host.Client.PostAsync(new Uri("/api/v1/scenarios/open/runs", UriKind.Relative), RuntimeHost.Json("{}"), ct);
        var (status, code) = ((int)refused.StatusCode, JsonElement.Parse(await refused.Content.ReadAsStringAsync(ct)).GetProperty("code").GetString());

        Assert.Equal((429, "IB3135", true), (status, code, refused.Headers.RetryAfter is not null));
        var usage = (await host.GetAsync("usage", ct)).Body;
        Assert.Equal((2, 2, 2), (usage.GetProperty("limits").GetProperty("openRuns").GetInt32(), usage.GetProperty("waiting").GetInt32(), usage.GetProperty("openRuns").GetInt32()));
        await host.PostAsync($"runs/{first.Id}/cancel", null, ct);
        await host.EndedAsync(first.Id, ct);
        await host.Services.GetRequiredService<UsageMeter>().LookAsync(ct);
        await host.StartRunAsync("open", "{}", ct);
    }

    [Fact]
    public async Task Timer_OverTheQuota_FiresWhenThereIsRoom()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct, ("Quotas:OpenRuns", "1"), ("Triggers:LookSeconds", "1"));
        await host.PublishAsync(Definitions.Sequence("full", Definitions.Event("e", "Go")), ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("full", "{}", ct)).Id, ct);
        await host.PublishAsync(Definitions.Sequence("timed", """
            { "type": "Elsa.Timer", "id": "t", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": {}, "interval": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:00:01" } } }
            """), ct);
        await host.UntilAsync("select count(*) from scenario_trigger where definition_id = 'timed' and next_at < now()", 1, ct);
        Assert.Equal(0, await host.CountAsync("select count(*) from run where definition_id = 'timed'", ct));

        await host.PostAsync($"runs/{run.Id}/cancel", null, ct);
        await host.EndedAsync(run.Id, ct);
        await host.Services.GetRequiredService<UsageMeter>().LookAsync(ct);

        await host.UntilAsync("select least(count(*), 1) from run where definition_id = 'timed'", 1, ct);
    }

    [Fact]
    public async Task StepsPayloadAndStore_AsMuchAsMay_RefuseMore()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct, ("Quotas:StepsPerDay", "3"), ("Quotas:StepsPerRun", "50"), ("Quotas:PayloadBytes", "1024"), ("Quotas:StoredBytes", "100000"));
        await host.PublishAsync(Definitions.Sequence("steps", Definitions.Line("a", "a"), Definitions.Line("b", "b")), ct);
        Assert.Equal((413, "IB3138"), Of(await host.PostAsync("scenarios/steps/runs", "{\"input\":{\"gate\":\"" + new string('x', 2000) + "\"}}", ct)));
        await host.EndedAsync((await host.StartRunAsync("steps", "{}", ct)).Id, ct);

        Assert.Equal((429, "IB3136"), Of(await host.PostAsync("scenarios/steps/runs", "{}", ct)));
        var usage = (await host.GetAsync("usage", ct)).Body;
        Assert.Equal((3, 1), (usage.GetProperty("stepsToday").GetInt32(), usage.GetProperty("days")[0].GetProperty("runs").GetInt32()));

        using var content = new ByteArrayContent(new byte[100_000]);
        Assert.True((await host.Client.PostAsync(new Uri("/api/v1/files?name=a.bin", UriKind.Relative), content, ct)).IsSuccessStatusCode);
        await host.Services.GetRequiredService<UsageMeter>().LookAsync(ct);
        using var again = new ByteArrayContent(new byte[1]);
        using var full = await host.Client.PostAsync(new Uri("/api/v1/files?name=b.bin", UriKind.Relative), again, ct);
        Assert.Equal((429, "IB3137"), ((int)full.StatusCode, JsonElement.Parse(await full.Content.ReadAsStringAsync(ct)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task ConcurrentRuns_MoreThanMay_WaitForTheirTurn()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct, ("Quotas:ConcurrentRuns", "1"));
        var gate = Gate.Close("one-at-a-time");
        await host.PublishAsync(Definitions.Sequence("one", Definitions.Probe("p", "effect")), ct);
        var first = await host.StartRunAsync("one", """{"value":1,"gate":"one-at-a-time"}""", ct);
        await Gate.ArrivedAsync("one-at-a-time", ct);

        var second = await host.StartRunAsync("one", """{"value":1,"gate":"one-at-a-time"}""", ct);
        Assert.Equal(1, await host.CountAsync($"select count(*) from run_work where run_id = '{second.Id}' and state = 'queued'", ct));
        gate.SetResult();

        Assert.Equal((RunStatuses.Finished, RunStatuses.Finished), ((await host.EndedAsync(first.Id, ct)).SubStatus, (await host.EndedAsync(second.Id, ct)).SubStatus));
    }

    [Fact]
    public async Task Store_WhatRunsRecord_CountsToo()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct, ("Quotas:StoredBytes", "100"));
        await host.PublishAsync(Definitions.Sequence("recorded", Definitions.Line("a", new string('x', 200))), ct);
        await host.EndedAsync((await host.StartRunAsync("recorded", "{}", ct)).Id, ct);
        await host.Services.GetRequiredService<UsageMeter>().LookAsync(ct);

        Assert.Equal((429, "IB3137"), Of(await host.PostAsync("scenarios/recorded/runs", "{}", ct)));
        Assert.Equal(
            await host.CountAsync("select sum(octet_length(events))::bigint from run_journal", ct),
            (await host.GetAsync("usage", ct)).Body.GetProperty("storedBytes").GetInt64());
    }

    [Fact]
    public async Task Quota_SetWhileTheHostsRun_HoldsAtOnceAndOnTheOther()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var host = await RuntimeHost.StartAsync(database, plugins, ct, ("Quotas:OpenRuns", "100"));
        await using var other = await RuntimeHost.StartAsync(database, plugins, ct, ("Quotas:OpenRuns", "100"));
        await host.PublishAsync(Definitions.Sequence("set", Definitions.Event("e", "Go")), ct);
        await host.WaitingAsync((await host.StartRunAsync("set", "{}", ct)).Id, ct);
        await other.Services.GetRequiredService<UsageMeter>().LookAsync(ct);

        var (status, view) = await PutAsync(host, RuntimeHost.Organization, """{"quota":{"openRuns":1},"revision":0}""", ct);

        Assert.Equal((200, 1, 1), (status, view.GetProperty("revision").GetInt32(), view.GetProperty("limits").GetProperty("openRuns").GetInt32()));
        Assert.Equal((429, "IB3135"), Of(await host.PostAsync("scenarios/set/runs", "{}", ct)));
        await UntilRefusedAsync(other, ct);
        Assert.Equal((409, "IB3163"), Of(await PutAsync(host, RuntimeHost.Organization, """{"quota":{"openRuns":5},"revision":0}""", ct)));
        Assert.Equal((400, "IB3009"), Of(await PutAsync(host, RuntimeHost.Organization, """{"quota":{"openRuns":-1}}""", ct)));
        Assert.Equal((404, "IB3162"), Of(await PutAsync(host, "No_Such", """{"quota":{"openRuns":1}}""", ct)));
        Assert.Equal(200, (await PutAsync(host, RuntimeHost.Organization, """{"quota":{},"revision":1}""", ct)).Status);
        Assert.Equal(100, (await host.GetAsync($"organizations/{RuntimeHost.Organization}/quota", ct)).Body.GetProperty("limits").GetProperty("openRuns").GetInt32());
        Assert.Equal(2, await host.CountAsync($"select count(*) from audit_record where action = 'quota.set' and record -> 'object' ->> 'id' = '{RuntimeHost.Organization}'", ct));
    }

    /// <summary>Asks the node that was not asked to set it, until it heard of it.</summary>
    private static async Task UntilRefusedAsync(RuntimeHost host, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await host.GetAsync("usage", patience.Token)).Body.GetProperty("limits").GetProperty("openRuns").GetInt32() != 1)
            await tick.WaitForNextTickAsync(patience.Token);
        Assert.Equal((429, "IB3135"), Of(await host.PostAsync("scenarios/set/runs", "{}", ct)));
    }

    private static async Task<(int Status, JsonElement Body)> PutAsync(RuntimeHost host, string organization, string json, CancellationToken ct)
    {
        using var content = RuntimeHost.Json(json);
        using var answer = await host.Client.PutAsync(new Uri($"/api/v1/organizations/{organization}/quota", UriKind.Relative), content, ct);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(ct)));
    }

    private static (int, string?) Of((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("code").GetString());

    private async Task<RuntimeHost> StartAsync(CancellationToken ct, params (string, string)[] settings) => await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, settings);
}
