using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Commands;

public sealed class ChildRunTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task ExecuteWorkflow_ChildEnds_ParentGoesOnWithItsOutputAndBothAreLinked()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.SetOutput("out", "getInput('value') * 2")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun("ExecuteWorkflow", "run", "child", waits: true, "({ value: 21 })"), Definitions.SetOutput("out", "getOutputFrom('run', 'Result').output.result")), ct);

        var parent = await host.EndedAsync((await host.StartRunAsync("parent", "{}", ct)).Id, ct);

        Assert.Equal((RunStatuses.Finished, 42), (parent.SubStatus, parent.Output.GetProperty("result").GetInt32()));
        var step = parent.Steps.Single(s => s.ChildRunId is not null);
        var child = await host.EndedAsync(step.ChildRunId!.Value, ct);
        Assert.Equal((parent.Id, step.Id), (child.ParentRunId, child.ParentStepId));
        var (_, children) = await host.GetAsync($"runs?parentRunId={parent.Id}", ct);
        Assert.Equal(child.Id, children.GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal(1, children.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task DispatchWorkflow_WaitsForCompletion_ParentWaitsOnRecordUntilTheChildEnded()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Event("wait", "Go"), Definitions.SetOutput("out", "'done'")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun("DispatchWorkflow", "run", "child", waits: true), Definitions.SetOutput("out", "getOutputFrom('run', 'Result').result")), ct);
        var parent = await host.WaitingAsync((await host.StartRunAsync("parent", "{}", ct)).Id, ct);
        var childId = parent.Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value;
        await host.UntilAsync("select count(*) from run_wait", 1, ct);

        var (status, _) = await host.PostAsync($"runs/{childId}/events/Go", null, ct);
        var ended = await host.EndedAsync(parent.Id, ct);

        Assert.Equal(200, status);
        Assert.Equal("done", ended.Output.GetProperty("result").GetString());
    }

    [Fact]
    public async Task ExecuteWorkflow_ChildWaitsAndParentNeedNot_ParentGoesOnWithTheSuspendedChild()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Event("wait", "Never")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun("ExecuteWorkflow", "run", "child", waits: false), Definitions.SetOutput("out", "getOutputFrom('run', 'Result').subStatus")), ct);

        var parent = await host.EndedAsync((await host.StartRunAsync("parent", "{}", ct)).Id, ct);

        Assert.Equal("Suspended", parent.Output.GetProperty("result").GetString());
    }

    [Theory]
    [InlineData("ExecuteWorkflow")]
    [InlineData("DispatchWorkflow")]
    public async Task StartsRun_WaitsAndChildWaitsThenFaults_ParentIsSuspendedThenGoesOn(string type)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Event("wait", "Go"), Definitions.Probe("calc", "double")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun(type, "run", "child", waits: true, "({ value: -1 })"), Definitions.Line("after", "went on")), ct);
        var parent = await host.WaitingAsync((await host.StartRunAsync("parent", "{}", ct)).Id, ct);
        await host.UntilAsync("select count(*) from run_wait", 1, ct);

        var childId = parent.Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value;
        await host.PostAsync($"runs/{childId}/events/Go", null, ct);
        var child = await host.EndedAsync(childId, ct);
        var ended = await host.EndedAsync(parent.Id, ct);

        Assert.Equal(RunStatuses.Suspended, parent.SubStatus);
        Assert.Equal((RunStatuses.Faulted, RunStatuses.Finished), (child.SubStatus, ended.SubStatus));
        Assert.Equal(["went on"], ended.Lines);
    }

    [Fact]
    public async Task Cancel_ParentWaitsForChild_EndsTheChildToo()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Event("wait", "Never")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun("DispatchWorkflow", "run", "child", waits: true)), ct);
        var parent = await host.WaitingAsync((await host.StartRunAsync("parent", "{}", ct)).Id, ct);
        await host.UntilAsync("select count(*) from run_wait", 1, ct);

        var (status, _) = await host.PostAsync($"runs/{parent.Id}/cancel", null, ct);
        var child = await host.EndedAsync(parent.Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value, ct);

        Assert.Equal((200, RunStatuses.Cancelled), (status, child.SubStatus));
    }

    [Theory]
    [InlineData("missing", "IB3001")]
    [InlineData("itself", "IB3024")]
    public async Task StartOfChild_Refused_FaultsTheStepWithTheCode(string definition, string code)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("itself", Definitions.StartsRun("ExecuteWorkflow", "run", definition, waits: true)), ct);

        await host.EndedAsync((await host.StartRunAsync("itself", "{}", ct)).Id, ct);

        var (_, faulted) = await host.GetAsync("runs?subStatus=Faulted", ct);
        Assert.Equal(code, Assert.Single(faulted.GetProperty("items").EnumerateArray()).GetProperty("incident").GetProperty("code").GetString());
    }

    [Fact]
    public async Task ChildRuns_TwoNodes_AllEndOnceWhicheverNodeExecutesThem()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var first = await RuntimeHost.StartAsync(database, plugins, ct);
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await first.PublishAsync(Definitions.Sequence("child", Definitions.Delay("d", "00:00:00.100"), Definitions.SetOutput("out", "getInput('value') + 1")), ct);
        await first.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun("DispatchWorkflow", "run", "child", waits: true, "({ value: getInput('value') })"), Definitions.SetOutput("out", "getOutputFrom('run', 'Result').result")), ct);

        var runs = new List<Guid>();
        for (var i = 0; i < 10; i++)
            runs.Add((await (i % 2 == 0 ? first : second).StartRunAsync("parent", $$"""{"value":{{i}}}""", ct)).Id);

        for (var i = 0; i < runs.Count; i++)
            Assert.Equal(i + 1, (await second.EndedAsync(runs[i], ct)).Output.GetProperty("result").GetInt32());
        Assert.Equal(20, await first.CountAsync("select count(*) from run", ct));
        Assert.Equal(0, await first.CountAsync("select count(*) from run_work", ct));
    }
}
