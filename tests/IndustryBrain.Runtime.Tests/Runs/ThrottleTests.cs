using System.Text;
using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Tests.Http;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Tests.Runs;

/// <summary>A throttle with a key lets the runs of an organization pass together.</summary>
public sealed class ThrottleTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Throttle_WithAKey_CountsTheRunsOfAllScenariosOfTheOrganization()
    {
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("throttled", Throttle("'erp-' + getInput('gate')", 2)), Ct);
        await host.PublishAsync(Definitions.Sequence("throttled-too", Throttle("'erp-a'", 2)), Ct);
        var began = TimeProvider.System.GetUtcNow();

        await host.EndedAsync((await host.StartRunAsync("throttled", """{"gate":"a"}""", Ct)).Id, Ct);
        await host.EndedAsync((await host.StartRunAsync("throttled-too", "{}", Ct)).Id, Ct);
        var third = await host.WaitingAsync((await host.StartRunAsync("throttled", """{"gate":"a"}""", Ct)).Id, Ct);
        var otherKey = await host.EndedAsync((await host.StartRunAsync("throttled", """{"gate":"b"}""", Ct)).Id, Ct);

        Assert.Equal(RunStatuses.Suspended, third.SubStatus);
        Assert.Equal(RunStatuses.Finished, otherKey.SubStatus);
        Assert.Equal(1, await host.CountAsync($"select count(*) from run_work where run_id = '{third.Id}' and due between '{began.AddHours(1):O}' and '{TimeProvider.System.GetUtcNow().AddHours(1):O}'", Ct));
    }

    [Fact]
    public async Task Throttle_WithTheKeyOfAnotherOrganization_IsItsOwn()
    {
        var other = new Caller("other", new(ActorKind.Person, "p2", "Other"), "127.0.0.1");
        await shared.Host.PublishAsync(Definitions.Sequence("throttled-own", Throttle("'crm'", 1)), Ct);
        await shared.Host.Library.ImportAsync(other, Encoding.UTF8.GetBytes(Definitions.Sequence("theirs", Throttle("'crm'", 1))), Ct);
        Assert.Null((await shared.Host.Library.PublishAsync(other, "theirs", Ct)).Failure);
        await shared.Host.EndedAsync((await shared.Host.StartRunAsync("throttled-own", "{}", Ct)).Id, Ct);

        Assert.True((await shared.Host.Runs.StartAsync(other, "theirs", JsonElement.Parse("{}"), Ct)).TryGet(out var started, out _));
        var theirs = await shared.Host.Runs.WaitAsync(other, started.Id, TimeSpan.FromSeconds(30), Ct);

        Assert.True(theirs.TryGet(out var run, out _));
        Assert.Equal(RunStatuses.Finished, run.SubStatus);
    }

    [Fact]
    public async Task Throttle_WiderThanIsKept_Faults()
    {
        await shared.Host.PublishAsync(Definitions.Sequence("throttled-wide", Throttle("'wide'", 10_001)), Ct);

        var run = await shared.Host.EndedAsync((await shared.Host.StartRunAsync("throttled-wide", "{}", Ct)).Id, Ct);

        Assert.Equal("IB3160", run.Incidents[0].Code);
    }

    private static string Throttle(string key, int limit) => $$"""
        { "type": "IndustryBrain.Throttle", "id": "throttle", "version": 1, "customProperties": {}, "metadata": {}, "limit": { "typeName": "Int32", "expression": { "type": "Literal", "value": {{limit}} } },
          "interval": {{HttpDefinitions.Literal("TimeSpan", "01:00:00")}}, "key": {{HttpDefinitions.Js("String", key)}} }
        """;
}
