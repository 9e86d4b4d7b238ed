using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests;

public sealed class DurabilityTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task Run_WithDelay_WaitsOnRecordAndGoesOnByItself()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("delayed", Definitions.Line("a", "before"), Definitions.Delay("wait", "00:00:01"), Definitions.Line("b", "after")), ct);

        var run = await host.StartRunAsync("delayed", "{}", ct);
        var waiting = await host.Runs.WaitAsync(RuntimeHost.Person, run.Id, TimeSpan.FromSeconds(20), ct);
        Assert.True(waiting.TryGet(out var suspended, out _));
        var ended = await host.EndedAsync(run.Id, ct);

        Assert.Equal(RunStatuses.Suspended, suspended.SubStatus);
        Assert.Equal(StepStates.Suspended, suspended.Steps.Single(s => s.NodeId.EndsWith("wait", StringComparison.Ordinal)).State);
        Assert.NotNull(suspended.Steps.Single(s => s.NodeId.EndsWith("wait", StringComparison.Ordinal)).Due);
        Assert.Equal(RunStatuses.Finished, ended.SubStatus);
        Assert.Equal(["before", "after"], ended.Lines);
        await AssertEachStepRecordedOnceAsync(host, run.Id, ct);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-00:00:05")]
    public async Task Run_DelayThatIsOverAtOnce_ShowsEachStepDone(string span)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("brief", Definitions.Line("a", "before"), Definitions.Delay("wait", span), Definitions.Line("b", "after")), ct);

        var ended = await host.EndedAsync((await host.StartRunAsync("brief", "{}", ct)).Id, ct);

        Assert.Equal((RunStatuses.Finished, 2), (ended.SubStatus, ended.Lines.Count));
        Assert.All(ended.Steps, step => Assert.Equal((StepStates.Done, true), (step.State, step.FinishedAt is not null)));
        await AssertEachStepRecordedOnceAsync(host, ended.Id, ct);
    }

    [Fact]
    public async Task Run_NodeGoneInTheMiddleOfAnEffect_IsTakenOverWithTheSameKey()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        var gate = Gate.Close("effect");
        var first = await RuntimeHost.StartAsync(database, plugins, ct);
        await first.PublishAsync(Definitions.Sequence("effect", Definitions.Line("a", "once"), Definitions.Probe("touch", "effect"), Definitions.Line("b", "end")), ct);
        var run = await first.StartRunAsync("effect", """{"value":1,"gate":"effect"}""", ct);
        await Gate.ArrivedAsync("effect", ct);

        // The first node loses its membership and never comes back to it, but its component call still runs: what a killed process leaves in the database.
        await AbandonAsync(first, ct);
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await Gate.ArrivedAsync("effect", ct);
        gate.SetResult();
        var ended = await second.EndedAsync(run.Id, ct);

        Assert.Equal(RunStatuses.Finished, ended.SubStatus);
        Assert.Equal(["once", "end"], ended.Lines);
        Assert.Equal([Gate.Keys("effect")[0]], Gate.Keys("effect").Distinct());
        Assert.Equal(2, Gate.Keys("effect").Count);
        await AssertEachStepRecordedOnceAsync(second, run.Id, ct);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Run_TwoHostsOnOneDatabase_TimersFireOnceAndBothSeeTheRun()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var first = await RuntimeHost.StartAsync(database, plugins, ct);
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await first.PublishAsync(Definitions.Sequence("both", Definitions.Line("a", "before"), Definitions.Delay("wait", "00:00:00.300"), Definitions.Line("b", "after")), ct);

        var runs = new List<Guid>();
        for (var i = 0; i < 20; i++)
            runs.Add((await (i % 2 == 0 ? first : second).StartRunAsync("both", "{}", ct)).Id);

        foreach (var id in runs)
        {
            var ended = await second.EndedAsync(id, ct);
            Assert.Equal((RunStatuses.Finished, 2), (ended.SubStatus, ended.Lines.Count));
            await AssertEachStepRecordedOnceAsync(first, id, ct);
        }
    }

    [Fact]
    public async Task Cancel_RunExecutedByAnotherNode_EndsIt()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        Gate.Close("cancel");
        await using var first = await RuntimeHost.StartAsync(database, plugins, ct);
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await first.PublishAsync(Definitions.Sequence("cancelled", Definitions.Probe("calc", "double")), ct);
        var run = await first.StartRunAsync("cancelled", """{"value":1,"gate":"cancel"}""", ct);
        await Gate.ArrivedAsync("cancel", ct);

        var cancelled = await second.Runs.CancelAsync(RuntimeHost.Person, run.Id, ct);

        Assert.True(cancelled.TryGet(out var view, out _));
        Assert.Equal(RunStatuses.Cancelled, view.SubStatus);
        Assert.Equal("IB3007", (await second.Runs.CancelAsync(RuntimeHost.Person, run.Id, ct)).Failure?.Code);
    }

    [Fact]
    public async Task Run_NoFreeSlot_WaitsInTheQueueAndTheQueueHasALimit()
    {
        var ct = TestContext.Current.CancellationToken;
        var gate = Gate.Close("slot");
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:MaxExecuting", "1"), ("Runs:MaxQueued", "1"));
        await host.PublishAsync(Definitions.Sequence("slots", Definitions.Probe("calc", "double")), ct);
        var executing = await host.StartRunAsync("slots", """{"value":1,"gate":"slot"}""", ct);
        await Gate.ArrivedAsync("slot", ct);

        var queued = await host.StartRunAsync("slots", """{"value":1,"gate":"slot"}""", ct);
        var (status, problem) = await host.PostAsync("scenarios/slots/runs", """{"input":{"value":1}}""", ct);
        gate.SetResult();

        Assert.Equal(RunStatuses.Pending, queued.SubStatus);
        Assert.Equal((429, "IB3006"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(RunStatuses.Finished, (await host.EndedAsync(executing.Id, ct)).SubStatus);
        Assert.Equal(RunStatuses.Finished, (await host.EndedAsync(queued.Id, ct)).SubStatus);
    }

    [Fact]
    public async Task Run_ComponentRefuses_EndsFaultedWithTheCode()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("refused", Definitions.Probe("calc", "double")), ct);

        var ended = await host.EndedAsync((await host.StartRunAsync("refused", """{"value":-1}""", ct)).Id, ct);

        Assert.Equal(RunStatuses.Faulted, ended.SubStatus);
        Assert.Equal("IB7105", Assert.Single(ended.Incidents).Code);
        Assert.Equal("IB7105", ended.Steps.Single(s => s.State == StepStates.Faulted && s.Kind == "tool").Failure?.Code);
    }

    /// <summary>Takes the node's membership away and stops its looking at the queue, without giving anything back.</summary>
    // A node that lives says so again and again; this one is not heard any more.
    private static Task AbandonAsync(RuntimeHost host, CancellationToken ct)
    {
        var node = host.Services.GetRequiredService<RunExecutor>().NodeId;
        return host.ExecuteAsync($"""
            create function unheard() returns trigger language plpgsql as $$ begin return null; end $$;
            create trigger unheard before insert or update on run_node for each row when (new.node_id = '{node}') execute function unheard();
            delete from run_node where node_id = '{node}';
            """, ct);
    }

    internal static async Task AssertEachStepRecordedOnceAsync(RuntimeHost host, Guid run, CancellationToken ct)
    {
        var ended = (await host.EventsAsync(run, ct)).OfType<StepEnded>().Select(e => e.StepId).ToList();
        Assert.NotEmpty(ended);
        Assert.Equal(ended.Distinct(), ended);
    }
}
