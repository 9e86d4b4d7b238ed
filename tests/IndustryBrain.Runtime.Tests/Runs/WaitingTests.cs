using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Runs;

/// <summary><c>Runs:MaxWaitingDays</c>.</summary>
public sealed class WaitingTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task Run_WaitsLongerThanItMay_EndsFaultedWithTheCodeAndAYoungerOneStillWaits()
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new ShiftedClock();
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, b => b.Services.AddSingleton<TimeProvider>(clock), ct, ("Runs:MaxWaitingDays", "10"));
        await host.PublishAsync(Definitions.Sequence("waits", Definitions.Line("a", "before"), Definitions.Event("wait", "Never"), Definitions.Line("b", "after")), ct);
        var old = await host.WaitingAsync((await host.StartRunAsync("waits", "{}", ct)).Id, ct);
        clock.Advance(TimeSpan.FromDays(6));
        var young = await host.WaitingAsync((await host.StartRunAsync("waits", "{}", ct)).Id, ct);

        clock.Advance(TimeSpan.FromDays(5));
        var ended = await host.EndedAsync(old.Id, ct);

        Assert.Equal((RunStatuses.Faulted, "IB3013"), (ended.SubStatus, Assert.Single(ended.Incidents).Code));
        Assert.Equal(["before"], ended.Lines);
        var (_, faulted) = await host.GetAsync("runs?subStatus=Faulted", ct);
        var item = Assert.Single(faulted.GetProperty("items").EnumerateArray());
        Assert.Equal((old.Id, "IB3013"), (item.GetProperty("id").GetGuid(), item.GetProperty("incident").GetProperty("code").GetString()));
        Assert.True((await host.Runs.GetAsync(RuntimeHost.Person, young.Id, ct)).TryGet(out var still, out _));
        Assert.Equal(RunStatuses.Suspended, still.SubStatus);
        var (status, refused) = await host.PostAsync($"runs/{old.Id}/events/Never", null, ct);
        Assert.Equal((409, "IB3023"), (status, refused.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_WaitsForAChildLongerThanItMay_EndsFaultedAndTheChildIsCancelled()
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new ShiftedClock();
        Gate.Close("expiry");
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, b => b.Services.AddSingleton<TimeProvider>(clock), ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Probe("calc", "double")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun("DispatchWorkflow", "run", "child", waits: true, "({ value: 1, gate: 'expiry' })")), ct);
        var parent = await host.WaitingAsync((await host.StartRunAsync("parent", "{}", ct)).Id, ct);
        await Gate.ArrivedAsync("expiry", ct);

        clock.Advance(TimeSpan.FromDays(31));
        var ended = await host.EndedAsync(parent.Id, ct);
        var child = await host.EndedAsync(ended.Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value, ct);

        Assert.Equal((RunStatuses.Faulted, "IB3013"), (ended.SubStatus, Assert.Single(ended.Incidents).Code));
        Assert.Equal(RunStatuses.Cancelled, child.SubStatus);
    }
}
