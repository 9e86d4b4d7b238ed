using System.Text.Json;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Triggers;

/// <summary>Runs that the end of another run starts.</summary>
public sealed class RunEndTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private RuntimeHost Host => shared.Host;

    [Fact]
    public async Task End_OfARun_StartsAnotherWithItsOutputs()
    {
        var ct = TestContext.Current.CancellationToken;
        const string schema = """{"type":"object","required":["result"],"additionalProperties":false,"properties":{"result":{"type":"number"}}}""";
        await Host.PublishAsync(Definitions.Document("after", schema, ArrivalDefinitions.RunEnded("start", "before", "finished"), Definitions.SetOutput("said", "({ got: getInput('result'), from: getOutputFrom('start', 'Result').status })")), ct);
        await Host.PublishAsync(Definitions.Sequence("on-fault", ArrivalDefinitions.RunEnded("start", "before", "Faulted"), Definitions.Line("l", "x")), ct);
        await Host.PublishAsync(Definitions.Sequence("before", Definitions.SetOutput("out", "42")), ct);
        var waiter = Definitions.Sequence("waits-for-end", Definitions.Line("l", "x"), ArrivalDefinitions.RunEnded("wait", "before", "any", starts: false), Definitions.SetOutput("said", "getOutputFrom('wait', 'Result').output.result"));
        await Host.PublishAsync(waiter, ct);
        var waiting = await Host.StartRunAsync("waits-for-end", "{}", ct);
        await Host.WaitingAsync(waiting.Id, ct);

        var before = await Host.EndedAsync((await Host.StartRunAsync("before", "{}", ct)).Id, ct);

        await Host.UntilAsync("select count(*) from run where definition_id = 'after' and sub_status = 'Finished'", 1, ct);
        var (_, page) = await Host.GetAsync("runs?definitionId=after", ct);
        var after = await Host.EndedAsync(page.GetProperty("items")[0].GetProperty("id").GetGuid(), ct);
        Assert.Equal("""{"got":42,"from":"Finished"}""", JsonSerializer.Serialize(after.Output.GetProperty("result")));
        Assert.Equal("42", (await Host.EndedAsync(waiting.Id, ct)).Output.GetProperty("result").GetRawText());
        Assert.Equal(0, await Host.CountAsync("select count(*) from run where definition_id = 'on-fault'", ct));
        Assert.Equal(1, await Host.CountAsync($"select count(*) from run_journal where run_id = '{after.Id}' and version = 1 and convert_from(events, 'UTF8') like '%{before.Id}%'", ct));
    }

    [Fact]
    public async Task End_ThatDoesNotFit_IsRefusedAtTheTrigger()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Document("needs", """{"type":"object","required":["other"],"properties":{"other":{"type":"number"}}}""", ArrivalDefinitions.RunEnded("start", "gives", "any"), Definitions.Line("l", "x")), ct);
        await Host.PublishAsync(Definitions.Sequence("gives", Definitions.SetOutput("out", "42")), ct);

        await Host.StartRunAsync("gives", "{}", ct);

        await Host.UntilAsync("select count(*) from scenario_trigger where definition_id = 'needs' and refused = 'IB7101'", 1, ct);
    }

    [Fact]
    public async Task Ends_ThatStartEachOther_StopAtTheirDepth()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Triggers:MaxRunDepth", "3"));
        await host.PublishAsync(Definitions.Sequence("ping", ArrivalDefinitions.RunEnded("start", "pong", "any"), Definitions.Line("l", "x")), ct);
        await host.PublishAsync(Definitions.Sequence("pong", ArrivalDefinitions.RunEnded("start", "ping", "any"), Definitions.Line("l", "x")), ct);

        // Started by hand it waits for the end of the other; when it is cancelled, the round begins.
        var first = await host.StartRunAsync("ping", "{}", ct);
        await host.WaitingAsync(first.Id, ct);
        await host.Runs.CancelAsync(RuntimeHost.Person, first.Id, ct);

        await host.UntilAsync("select count(*) from scenario_trigger where refused = 'IB3103'", 1, ct);
        Assert.Equal(4, await host.CountAsync("select count(*) from run", ct));
    }

    [Theory]
    [InlineData("self", "any", "IBS0098")]
    [InlineData("other", "sometimes", "IBS0097")]
    [InlineData("", "any", "IBS0097")]
    public async Task Publish_EndThatCannotBeMeant_IsRefused(string scenario, string outcome, string rule)
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PostAsync("scenarios/import", Definitions.Sequence("self", ArrivalDefinitions.RunEnded("start", scenario, outcome), Definitions.Line("l", "x")), ct);

        var (status, body) = await Host.PostAsync("scenarios/self/publish", null, ct);

        Assert.Equal(422, status);
        Assert.Equal(rule, Assert.Single(body.GetProperty("findings").EnumerateArray(), f => f.GetProperty("severity").GetString() == "error").GetProperty("rule").GetString());
    }

    [Fact]
    public async Task List_OfTriggers_ShowsWhatRunsOnlyWaitFor()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("listed", Definitions.Line("l", "x"), ArrivalDefinitions.RunEnded("wait", "none", "any", starts: false)), ct);

        var trigger = Assert.Single(await Host.Services.GetRequiredService<ScenarioTriggers>().ListAsync(RuntimeHost.Person, "listed", ct));

        Assert.Equal((false, "none any"), (trigger.Starts, trigger.Said));
    }
}
