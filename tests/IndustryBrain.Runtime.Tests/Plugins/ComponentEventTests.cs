using System.Text.Json;
using IndustryBrain.Plugins.Capabilities.Events;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Plugins;

/// <summary>Events that components publish, at the runs that wait for them.</summary>
public sealed class ComponentEventTests(PostgresFixture postgres, ProbePackage plugins)
{
    private static readonly string Hears = Definitions.Sequence("hears", Definitions.Event("wait", "Price"), Definitions.SetOutput("out", "getOutputFrom('wait', 'Result')"));

    [Fact]
    public async Task Publish_RunsOnBothNodesWait_EachIsResumedOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var first = await RuntimeHost.StartAsync(database, plugins, ct);
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await first.PublishAsync(Hears, ct);
        await first.PublishAsync(Definitions.Sequence("tells", Definitions.Probe("tell", "tell")), ct);
        var here = await first.WaitingAsync((await first.StartRunAsync("hears", "{}", ct)).Id, ct);
        var there = await second.WaitingAsync((await second.StartRunAsync("hears", "{}", ct)).Id, ct);

        var told = await second.EndedAsync((await second.StartRunAsync("tells", """{"value":41}""", ct)).Id, ct);
        var (hereEnded, thereEnded) = (await first.EndedAsync(here.Id, ct), await second.EndedAsync(there.Id, ct));

        Assert.Equal(RunStatuses.Finished, told.SubStatus);
        Assert.Equal((41, 41), (hereEnded.Output.GetProperty("result").GetInt32(), thereEnded.Output.GetProperty("result").GetInt32()));
        Assert.Equal(0, await first.CountAsync("select count(*) from run_event", ct));
    }

    [Fact]
    public async Task Publish_SameIdOrOtherOrganization_IsNotHeard()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Hears, ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("hears", "{}", ct)).Id, ct);
        var events = host.Services.GetRequiredService<IEventPublisher>();
        PluginEvent Price(int value) => new("run:1/1", "Price", null, JsonSerializer.SerializeToElement(value));

        var foreign = await events.PublishAsync("other", Price(1), ct);
        var once = await events.PublishAsync(RuntimeHost.Organization, Price(2), ct);
        var ended = await host.EndedAsync(run.Id, ct);
        var again = await events.PublishAsync(RuntimeHost.Organization, Price(3), ct);

        Assert.Equal([true, true, false], new[] { foreign, once, again }.Select(e => e.TryGet(out var isNew, out _) && isNew));
        Assert.Equal(2, ended.Output.GetProperty("result").GetInt32());
        Assert.Equal(1, await host.CountAsync("select count(*) from run_event where organization = 'other'", ct));
        Assert.Equal(1, await host.CountAsync("select count(*) from run_event", ct));
    }
}
