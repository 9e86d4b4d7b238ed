using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Commands;

/// <summary>Who is cancelled with its parent: a run that the parent waits for, and no other.</summary>
public sealed class CancelledParentTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Theory]
    [InlineData("ExecuteWorkflow")]
    [InlineData("DispatchWorkflow")]
    public async Task Cancel_ParentWaitsForARunThatWaitsForAnother_EndsAllThree(string type)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("leaf", Definitions.Event("wait", "Never")), ct);
        await host.PublishAsync(Definitions.Sequence("middle", Definitions.StartsRun(type, "run", "leaf", waits: true)), ct);
        await host.PublishAsync(Definitions.Sequence("top", Definitions.StartsRun(type, "run", "middle", waits: true)), ct);
        var top = await host.StartRunAsync("top", "{}", ct);
        await host.UntilAsync("select count(*) from run where sub_status = 'Suspended'", 3, ct);

        var (status, cancelled) = await host.PostAsync($"runs/{top.Id}/cancel", null, ct);
        await host.UntilAsync("select count(*) from run_work", 0, ct);

        Assert.Equal((200, "Cancelled"), (status, cancelled.GetProperty("subStatus").GetString()));
        Assert.Equal(3, await host.CountAsync("select count(*) from run where sub_status = 'Cancelled'", ct));
        Assert.Equal(3, await host.CountAsync("select count(*) from audit_record where action = 'run.cancel'", ct));
    }

    [Theory]
    [InlineData("ExecuteWorkflow")]
    [InlineData("DispatchWorkflow")]
    public async Task Cancel_ParentWaitsForARunThatComputes_EndsItInTheMiddle(string type)
    {
        var ct = TestContext.Current.CancellationToken;
        Gate.Close("cancelled" + type);
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Probe("calc", "double")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun(type, "run", "child", waits: true, $"({{ value: 1, gate: 'cancelled{type}' }})")), ct);
        var parent = await host.StartRunAsync("parent", "{}", ct);
        await Gate.ArrivedAsync("cancelled" + type, ct);

        var (_, cancelled) = await host.PostAsync($"runs/{parent.Id}/cancel", null, ct);
        var child = await host.EndedAsync((await host.EndedAsync(parent.Id, ct)).Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value, ct);

        Assert.Equal(("Cancelled", RunStatuses.Cancelled), (cancelled.GetProperty("subStatus").GetString(), child.SubStatus));
    }

    [Theory]
    [InlineData("ExecuteWorkflow")]
    [InlineData("DispatchWorkflow")]
    public async Task Cancel_ParentWentOnWithoutTheChild_TheChildGoesOnToo(string type)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Event("wait", "Go"), Definitions.Line("b", "went on")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun(type, "run", "child", waits: false), Definitions.Event("wait", "Never")), ct);
        var parent = await host.StartRunAsync("parent", "{}", ct);
        await host.UntilAsync("select count(*) from run_wait", 2, ct);

        var (_, cancelled) = await host.PostAsync($"runs/{parent.Id}/cancel", null, ct);
        var childId = (await host.EndedAsync(parent.Id, ct)).Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value;
        var (status, _) = await host.PostAsync($"runs/{childId}/events/Go", null, ct);
        var child = await host.EndedAsync(childId, ct);

        Assert.Equal(("Cancelled", 200), (cancelled.GetProperty("subStatus").GetString(), status));
        Assert.Equal((RunStatuses.Finished, "went on"), (child.SubStatus, Assert.Single(child.Lines)));
        Assert.Equal(1, await host.CountAsync("select count(*) from audit_record where action = 'run.cancel'", ct));
    }

    [Fact]
    public async Task Cancel_ChildIsJustBeingAccepted_EndsItWithItsParent()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var host = await RuntimeHost.StartAsync(database, plugins, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Event("wait", "Never")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun("DispatchWorkflow", "run", "child", waits: true)), ct);
        await using (await Barrier.CloseAsync(database, "insert on run", "new.definition_id = 'child'", ct))
        {
            var parent = await host.WaitingAsync((await host.StartRunAsync("parent", "{}", ct)).Id, ct);
            await host.UntilAsync(Barrier.Standing, 1, ct);
            await host.PostAsync($"runs/{parent.Id}/cancel", null, ct);
        }

        await host.UntilAsync("select count(*) from run where sub_status = 'Cancelled'", 2, ct);
        await host.UntilAsync("select count(*) from run_work", 0, ct);
    }
}
