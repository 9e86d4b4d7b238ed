using System.Net;
using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;
using static IndustryBrain.Runtime.Tests.Http.HttpDefinitions;

namespace IndustryBrain.Runtime.Tests.Triggers;

/// <summary>How many runs of a trigger go on at the same time, and how many start within a period.</summary>
public sealed class TriggerLimitTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);

    private RuntimeHost Host => shared.Host;

    [Fact]
    public async Task Request_WhileOneOfItsKeyGoesOn_IsDropped()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Waiting("drops", """ "concurrency": "drop", "concurrencyKey": "content.order" """, "drops.go"), ct);

        var first = await RequestAsync("drops", """{"order":1}""", ct);
        var second = await RequestAsync("drops", """{"order":1}""", ct);
        var other = await RequestAsync("drops", """{"order":2}""", ct);
        await Host.Runs.RaiseEventAsync(RuntimeHost.Person, first.Run!.Value, "drops.go", null, ct);
        await Host.EndedAsync(first.Run.Value, ct);
        var third = await RequestAsync("drops", """{"order":1}""", ct);

        Assert.Equal((HttpStatusCode.TooManyRequests, "IB3100", "5"), (second.Status, second.Code, second.RetryAfter));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.Status, third.Status));
        var trigger = Assert.Single(await Host.Services.GetRequiredService<ScenarioTriggers>().ListAsync(RuntimeHost.Person, "drops", ct));
        Assert.Equal((TriggerKind.Http, "POST drops", new StartLimits { Policy = StartPolicy.Drop, Key = "content.order" }), (trigger.Kind, trigger.Said, trigger.Limits));
    }

    [Fact]
    public async Task Event_WhileAsManyGoOnAsMay_WaitsForItsTurnInOrder()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(OnEvent("queues", "queues.start", """ "concurrency": "queue", "maxConcurrent": 2 """, "queues.go"), ct);
        foreach (var i in Enumerable.Range(0, 4))
            await PublishAsync("queues.start", $"{i}", ct);

        await Host.UntilAsync("select count(*) from run where definition_id = 'queues' and sub_status = 'Suspended'", 2, ct);
        Assert.Equal(["0", "1"], await CorrelationsAsync("Suspended"));
        Assert.Equal(["2", "3"], await CorrelationsAsync("Pending"));
        await PublishAsync("queues.go", "1", ct);
        await Host.UntilAsync("select count(*) from run where definition_id = 'queues' and sub_status = 'Suspended' and record ->> 'correlationId' = '2'", 1, ct);

        Assert.Equal(["3"], await CorrelationsAsync("Pending"));
        // One that waits for its turn can be cancelled as any other, and leaves its place to nobody.
        var (_, page) = await Host.GetAsync("runs?definitionId=queues&subStatus=Pending", ct);
        var held = page.GetProperty("items")[0].GetProperty("id").GetGuid();
        Assert.True((await Host.Runs.GetAsync(RuntimeHost.Person, held, ct)).TryGet(out var waits, out _));
        Assert.Equal(new HeldStart(null), waits.Held);
        Assert.True((await Host.Runs.CancelAsync(RuntimeHost.Person, held, ct)).TryGet(out var cancelled, out var failure), failure?.Message.En);
        Assert.Equal(RunStatuses.Cancelled, cancelled!.SubStatus);
        await PublishAsync("queues.go", "0", ct);
        await PublishAsync("queues.go", "2", ct);
        await Host.UntilAsync("select count(*) from run where definition_id = 'queues' and status = 'Finished'", 4, ct);
        await PublishAsync("queues.start", "5", ct);
        await Host.UntilAsync("select count(*) from run where definition_id = 'queues' and sub_status = 'Suspended'", 1, ct);

        async Task<string[]> CorrelationsAsync(string subStatus)
        {
            var (_, list) = await Host.GetAsync($"runs?definitionId=queues&subStatus={subStatus}", ct);
            return [.. list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("correlationId").GetString()!).Order()];
        }
    }

    [Fact]
    public async Task Event_ThatTakesThePlaceOfThoseBefore_CancelsThem()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(OnEvent("replaces", "replaces.start", """ "concurrency": "cancelPrevious" """, "replaces.go"), ct);
        await PublishAsync("replaces.start", "1", ct);
        await Host.UntilAsync("select count(*) from run where definition_id = 'replaces' and sub_status = 'Suspended'", 1, ct);
        // From a run, whose event comes by a command between nodes.
        await Host.PublishAsync(Definitions.Sequence("tells-replaces", Definitions.PublishEvent("tell", "replaces.start", correlation: "2")), ct);

        await Host.StartRunAsync("tells-replaces", "{}", ct);

        await Host.UntilAsync("select count(*) from run where definition_id = 'replaces' and sub_status = 'Cancelled' and record ->> 'correlationId' = '1'", 1, ct);
        await Host.UntilAsync("select count(*) from run where definition_id = 'replaces' and sub_status = 'Suspended' and record ->> 'correlationId' = '2'", 1, ct);
        Assert.Equal(2, await Host.CountAsync("select count(*) from run where definition_id = 'replaces'", ct));
    }

    [Fact]
    public async Task Event_ThatCameBefore_StartsNoSecondRunAndIsNotKept()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(OnEvent("repeats", "repeats.start", """ "repeatKey": "order.id", "concurrency": "drop", "concurrencyKey": "order.id" """, "repeats.go"), ct);

        foreach (var order in new[] { 1, 1, 2 })
            Assert.Equal(202, (await Host.PostAsync("events/repeats.start", $$"""{"payload":{"order":{"id":{{order}} } } }""", ct)).Status);

        await Host.UntilAsync("select count(*) from run where definition_id = 'repeats' and sub_status = 'Suspended'", 2, ct);
        Assert.Equal(2, await Host.CountAsync("select count(*) from run where definition_id = 'repeats'", ct));
        Assert.Equal(0, await Host.CountAsync("select count(*) from run_event where event = 'repeats.start'", ct));
    }

    [Fact]
    public async Task Request_MoreOftenThanItMay_IsDroppedOrWaits()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("rated", Limited(Endpoint("in", "rated"), """ "concurrency": "drop", "maxConcurrent": 100, "rateLimit": 2, "ratePeriod": "00:10:00" """), Respond("out", "'ok'")), ct);
        await Host.PublishAsync(Definitions.Sequence("paced", Limited(Endpoint("in", "paced"), """ "rateLimit": "1", "ratePeriod": "00:00:02" """), Respond("out", "'ok'")), ct);

        HttpStatusCode[] statuses = [(await RequestAsync("rated", "1", ct)).Status, (await RequestAsync("rated", "1", ct)).Status];
        var dropped = await RequestAsync("rated", "1", ct);
        await RequestAsync("paced", "1", ct);
        var paced = await RequestAsync("paced", "1", ct);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], statuses);
        Assert.Equal((HttpStatusCode.TooManyRequests, "IB3101"), (dropped.Status, dropped.Code));
        Assert.InRange(int.Parse(dropped.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture), 500, 600);
        Assert.Equal(HttpStatusCode.OK, paced.Status);
        var (_, page) = await Host.GetAsync("runs?definitionId=paced", ct);
        var runs = page.GetProperty("items").EnumerateArray().Select(i => (Id: i.GetProperty("id").GetGuid(), At: i.GetProperty("createdAt").GetDateTimeOffset())).OrderBy(r => r.At).ToArray();
        var began = (await Host.EndedAsync(runs[1].Id, ct)).Steps.Min(s => s.StartedAt)!.Value;
        Assert.True(began - runs[0].At > TimeSpan.FromSeconds(1.9), $"{runs[0].At:O} {began:O}");
    }

    [Fact]
    public async Task Queue_OnSeveralHostsOfWhichOneDies_LosesNothingAndNeverHasTwoAtOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        (string, string)[] settings = [("Runs:PollMilliseconds", "50")];
        await using var dying = await DoomedNode.StartAsync(database, plugins, ct, settings);
        await using var a = await RuntimeHost.StartAsync(database, plugins, ct, settings);
        await using var b = await RuntimeHost.StartAsync(database, plugins, ct, settings);
        await a.PublishAsync(Definitions.Sequence("serial", Event("start", "serial.start", """ "concurrency": "queue" """), Definitions.Delay("d1", "00:00:00.050"), Definitions.Line("l", "x")), ct);
        foreach (var host in new[] { a, b, dying.Host })
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PublishOnAsync(host, "serial.start", $"{i}", ct)));

        await dying.KillAsync(ct);
        await a.UntilAsync("select count(*) from run where definition_id = 'serial' and sub_status = 'Finished'", 24, ct);

        Assert.Equal(24, await a.CountAsync("select count(*) from run where definition_id = 'serial'", ct));
        List<(DateTimeOffset From, DateTimeOffset To)> spans = [];
        var (_, page) = await a.GetAsync("runs?definitionId=serial&pageSize=100", ct);
        foreach (var item in page.GetProperty("items").EnumerateArray())
        {
            Assert.True((await a.Runs.GetAsync(RuntimeHost.Person, item.GetProperty("id").GetGuid(), ct)).TryGet(out var run, out _));
            spans.Add((run!.Steps.Min(s => s.StartedAt)!.Value, run.FinishedAt!.Value));
        }

        spans.Sort();
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From, $"{pair}"));
    }

    [Theory]
    [InlineData(""" "concurrency": "sometimes" """, "IBS0095")]
    [InlineData(""" "concurrency": "queue", "maxConcurrent": 0 """, "IBS0095")]
    [InlineData(""" "concurrency": "queue", "concurrencyKey": "a..b" """, "IBS0095")]
    [InlineData(""" "rateLimit": 3 """, "IBS0096")]
    [InlineData(""" "ratePeriod": "00:01:00" """, "IBS0096")]
    [InlineData(""" "rateLimit": -1, "ratePeriod": "00:01:00" """, "IBS0096")]
    [InlineData(""" "rateLimit": 1, "ratePeriod": "00:00:00.1" """, "IBS0096")]
    public async Task Publish_LimitThatCannotBeMeant_IsRefused(string limits, string rule)
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PostAsync("scenarios/import", OnEvent("unlimited", "unlimited.start", limits, "x"), ct);

        var (status, body) = await Host.PostAsync("scenarios/unlimited/publish", null, ct);

        Assert.Equal(422, status);
        var finding = Assert.Single(body.GetProperty("findings").EnumerateArray(), f => f.GetProperty("severity").GetString() == "error");
        Assert.Equal(rule, finding.GetProperty("rule").GetString());
    }

    [Fact]
    public void Decision_OfARate_SpacesTheStarts()
    {
        var limits = new StartLimits { RateLimit = 2, RatePeriod = TimeSpan.FromMinutes(1) };
        List<DateTimeOffset> starts = [];
        foreach (var expected in new[] { 0, 0, 60, 60, 120 })
        {
            var decision = StartDecision.Of("a", limits, new([], [], starts), Now, maxHeld: 10);
            Assert.Equal(Now.AddSeconds(expected), decision.At);
            starts.Add(decision.At);
        }

        Assert.Equal("IB3102", StartDecision.Of("a", limits, new([], [], starts), Now, maxHeld: 3).Refused?.Code);
        Assert.Equal(("IB3101", TimeSpan.FromMinutes(2)), StartDecision.Of("a", limits with { Policy = StartPolicy.Drop, MaxConcurrent = 9 }, new([], [], [.. starts, starts[^1]]), Now, 10) is var d ? (d.Refused?.Code, d.RetryAfter - TimeSpan.FromMinutes(1)) : default);
    }

    [Theory]
    [InlineData("""{"a":{"b":7}}""", "a.b", "7")]
    [InlineData("""{"A":{"b":"x"}}""", "a.b", "x")]
    [InlineData("""{"a":1}""", "a.b", "")]
    [InlineData("""[1]""", "a", "")]
    public void KeyOf_APath_IsTheTextThere(string payload, string path, string key) => Assert.Equal(key, new StartLimits { Key = path }.KeyOf(JsonElement.Parse(payload), null));

    private static string Waiting(string id, string limits, string goes) =>
        Definitions.Sequence(id, Limited(Endpoint("in", id), limits), Respond("out", "'ok'"), Definitions.Event("wait", goes));

    private static string OnEvent(string id, string starts, string limits, string goes) => Definitions.Sequence(id, Event("start", starts, limits), Definitions.Event("wait", goes));

    private static string Event(string id, string name, string limits) => Limited(Definitions.Event(id, name), """ "canStartWorkflow": true, """ + limits);

    // Into the activity's customProperties.
    private static string Limited(string activity, string limits) => activity
        .Replace("\"customProperties\": {}", $"\"customProperties\": {{ {limits} }}", StringComparison.Ordinal)
        .Replace("\"canStartWorkflow\": true }", $"\"canStartWorkflow\": true, {limits} }}", StringComparison.Ordinal);

    private Task PublishAsync(string name, string correlation, CancellationToken ct) => PublishOnAsync(Host, name, correlation, ct);

    private static async Task PublishOnAsync(RuntimeHost host, string name, string correlation, CancellationToken ct) =>
        Assert.Equal(202, (await host.PostAsync($"events/{name}", $$"""{"correlationId":"{{correlation}}"}""", ct)).Status);

    private async Task<(HttpStatusCode Status, string? Code, string? RetryAfter, Guid? Run)> RequestAsync(string path, string body, CancellationToken ct)
    {
        using var answer = await Host.Client.PostAsync(new Uri($"/workflows/demo/{path}", UriKind.Relative), RuntimeHost.Json(body), ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return (
            answer.StatusCode,
            text.StartsWith('{') ? JsonElement.Parse(text).GetProperty("code").GetString() : null,
            answer.Headers.TryGetValues("Retry-After", out var after) ? after.Single() : null,
            answer.Headers.TryGetValues("X-Workflow-Instance-ID", out var id) ? Guid.Parse(id.Single()) : null);
    }
}
