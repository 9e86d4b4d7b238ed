using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Triggers;

/// <summary>Runs that nobody starts: by time and by events.</summary>
public sealed class TriggerTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private const string Payload = "JSON.stringify(getOutputFrom('start', 'Result') || null)";

    private RuntimeHost Host => shared.Host;

    [Fact]
    public async Task Timer_OfAPublishedScenario_StartsRunsAgainAndAgainUntilItIsReplaced()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Scenario("ticks", Trigger("Timer", "interval", "TimeSpan", "00:00:01")), ct);

        await Host.UntilAsync("select least(count(*), 2) from run where definition_id = 'ticks' and sub_status = 'Finished'", 2, ct);
        await Host.PublishAsync(Definitions.Sequence("ticks", Definitions.Line("a", "by hand only")), ct);

        Assert.Empty(await ListAsync(Host, "ticks", ct));
        var (_, page) = await Host.GetAsync("runs?definitionId=ticks&pageSize=1", ct);
        Assert.Equal("system", page.GetProperty("items")[0].GetProperty("startedBy").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Event_WithATrigger_StartsARunWithWhatItCarriesOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Scenario("on-price", Trigger("Event", "eventName", "String", "price.alert")), ct);
        using var first = await PublishAsync("price.alert", """{"correlationId":"li-1","payload":{"price":71000}}""", "k-1", ct);
        using var again = await PublishAsync("price.alert", """{"correlationId":"li-1","payload":{"price":71000}}""", "k-1", ct);

        await Host.UntilAsync("select count(*) from run where definition_id = 'on-price' and sub_status = 'Finished'", 1, ct);

        Assert.Equal((202, 202), ((int)first.StatusCode, (int)again.StatusCode));
        var (_, page) = await Host.GetAsync("runs?definitionId=on-price", ct);
        var item = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal("li-1", item.GetProperty("correlationId").GetString());
        var (_, run) = await Host.GetAsync($"runs/{item.GetProperty("id").GetGuid()}", ct);
        Assert.Equal("""{"price":71000}""", run.GetProperty("output").GetProperty("result").GetString());
        Assert.Equal(1, await Host.CountAsync("select count(*) from run where definition_id = 'on-price'", ct));
        Assert.Equal(0, await Host.CountAsync("select count(*) from run_event where event = 'price.alert'", ct));
    }

    [Fact]
    public async Task Event_OfAnotherRun_StartsTheScenariosWhoseTriggerItIs()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Scenario("heard", Trigger("Event", "eventName", "String", "told.by.a.run")), ct);
        await Host.PublishAsync(Definitions.Sequence("tells", Definitions.PublishEvent("tell", "told.by.a.run", "({ n: 3 })")), ct);

        await Host.EndedAsync((await Host.StartRunAsync("tells", "{}", ct)).Id, ct);

        await Host.UntilAsync("select count(*) from run where definition_id = 'heard' and sub_status = 'Finished'", 1, ct);
    }

    [Theory]
    [InlineData("Cron", "cronExpression", "String", "\"* * *\"", "IBS0076")]
    [InlineData("Timer", "interval", "TimeSpan", "\"00:00:00\"", "IBS0075")]
    [InlineData("Event", "eventName", "String", "\"\"", "IBS0075")]
    public async Task Publish_TriggerThatCanNeverFire_IsRefused(string type, string input, string inputType, string literal, string rule)
    {
        var ct = TestContext.Current.CancellationToken;
        var id = $"never-{type}";
        await Host.PostAsync("scenarios/import", Scenario(id, Trigger(type, input, inputType, literal.Trim('"'))), ct);

        var (status, problem) = await Host.PostAsync($"scenarios/{id}/publish", null, ct);

        Assert.Equal(422, status);
        Assert.Contains(rule, problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("once", 1)]
    [InlineData("skip", 0)]
    [InlineData("all", 3)]
    public async Task Cron_MissedWhileNobodyLooked_IsMadeUpForAsItSays(string missed, int runs)
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new ShiftedClock();
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, b => b.Services.AddSingleton<TimeProvider>(clock), ct, ("Triggers:LookSeconds", "1"));
        // Noon in Shanghai, away from now: three days on, three firings are missed by hours.
        var hour = clock.GetUtcNow().AddHours(12 + 8).Hour;
        await host.PublishAsync(Scenario("daily", Trigger("Cron", "cronExpression", "String", $"0 0 {hour} * * *", $$""", "timeZone": "Asia/Shanghai", "missed": "{{missed}}" """)), ct);
        var before = Assert.Single(await ListAsync(host, "daily", ct));
        Assert.Equal((hour + 24 - 8) % 24, before.NextAt!.Value.ToUniversalTime().Hour);

        clock.Advance(before.NextAt.Value - clock.GetUtcNow() + TimeSpan.FromHours(50));
        await host.UntilAsync($"select count(*) from scenario_trigger where next_at > '{clock.GetUtcNow():O}'", 1, ct);

        Assert.Equal(runs, await host.CountAsync("select count(*) from run where definition_id = 'daily'", ct));
        Assert.Equal(before.NextAt.Value.AddDays(3), Assert.Single(await ListAsync(host, "daily", ct)).NextAt);
    }

    [Fact]
    public async Task Trigger_OnSeveralHosts_FiresOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var a = await RuntimeHost.StartAsync(database, plugins, ct, ("Triggers:LookSeconds", "1"));
        await using var b = await RuntimeHost.StartAsync(database, plugins, ct, ("Triggers:LookSeconds", "1"));
        foreach (var i in Enumerable.Range(0, 10))
            await a.PublishAsync(Scenario($"once-{i}", Trigger("StartAt", "dateTime", "DateTimeOffset", $"{TimeProvider.System.GetUtcNow().AddSeconds(8):O}")), ct);

        await a.UntilAsync("select count(*) from scenario_trigger where next_at is null", 10, ct);
        await a.UntilAsync("select count(*) from run where sub_status = 'Finished'", 10, ct);

        Assert.Equal(10, await a.CountAsync("select count(distinct definition_id) from run", ct));
        Assert.Equal(10, await a.CountAsync("select count(*) from run", ct));
    }

    [Fact]
    public void Plan_ATimerMissedForAYear_IsNotCountedThrough()
    {
        var triggers = Host.Services.GetRequiredService<ScenarioTriggers>();
        var now = new DateTimeOffset(2026, 11, 29, 0, 0, 0, 500, TimeSpan.Zero);
        foreach (var (missed, expected) in new[] { (MissedFirings.Once, 1), (MissedFirings.Skip, 61), (MissedFirings.All, 100) })
        {
            var trigger = new TriggerView("d", "a", TriggerKind.Timer, "00:00:01", "UTC", missed, null, null, null);
            var (firings, next) = triggers.Plan(trigger, now.AddYears(-1), now);
            Assert.InRange(firings.Count, expected - 1, expected);
            Assert.InRange(next!.Value, now, now.AddSeconds(1));
        }
    }

    private static async Task<IReadOnlyList<TriggerView>> ListAsync(RuntimeHost host, string id, CancellationToken ct) => await host.Services.GetRequiredService<ScenarioTriggers>().ListAsync(RuntimeHost.Person, id, ct);

    private async Task<HttpResponseMessage> PublishAsync(string name, string body, string key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/events/{name}", UriKind.Relative)) { Content = RuntimeHost.Json(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await Host.Client.SendAsync(request, ct);
    }

    private static string Scenario(string id, string trigger) => Definitions.Sequence(id, trigger, Definitions.SetOutput("said", Payload));

    private static string Trigger(string type, string input, string inputType, string literal, string custom = "") => $$$"""
        { "type": "Elsa.{{{type}}}", "id": "start", "version": 1, "customProperties": { "canStartWorkflow": true{{{custom}}} }, "metadata": {}, "{{{input}}}": { "typeName": "{{{inputType}}}", "expression": { "type": "Literal", "value": "{{{literal}}}" } } }
        """;
}
