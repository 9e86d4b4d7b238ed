using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Commands;

/// <summary>A node dies while word between a parent and its child is on the way: the next node delivers it, once.</summary>
public sealed class DeadNodeTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Theory]
    [InlineData("the child is asked for, not accepted", "insert on run_command", "true", 2)]
    [InlineData("the child has begun, the parent has not heard", "insert on run_inbox", "new.kind = 'child'", 2)]
    [InlineData("the child has ended, the parent has not heard", "insert on run_inbox", """new.body like '%"Status":"Finished"%'""", 2)]
    [InlineData("the parent has heard, and not gone on", "delete on run_inbox", "true", 2)]
    public async Task Node_DiesBetweenParentAndChild_TheNextFinishesBothOnce(string moment, string statement, string condition, int standing)
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var first = await DoomedNode.StartAsync(database, plugins, ct);
        await first.Host.PublishAsync(Definitions.Sequence("child", Definitions.Line("a", "child began"), Definitions.Delay("d", "00:00:00.200"), Definitions.SetOutput("out", "getInput('value') + 1")), ct);
        await PublishParentAsync(first.Host, "ExecuteWorkflow", "(getOutputFrom('run', 'Result').output || getOutputFrom('run', 'Result')).result", ct);
        await PublishParentAsync(first.Host, "DispatchWorkflow", "getOutputFrom('run', 'Result').result", ct);
        var barrier = await Barrier.CloseAsync(database, statement, condition, ct);
        Guid[] parents = [(await first.Host.StartRunAsync("ExecuteWorkflow", "{}", ct)).Id, (await first.Host.StartRunAsync("DispatchWorkflow", "{}", ct)).Id];

        await first.Host.UntilAsync(Barrier.Standing, standing, ct);
        await first.KillAsync(ct);
        await barrier.OpenAsync();
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);

        foreach (var id in parents)
        {
            var parent = await second.EndedAsync(id, ct);
            Assert.True(parent.SubStatus == RunStatuses.Finished, $"{moment}: {parent}");
            Assert.Equal("42", parent.Output.GetProperty("result").GetRawText());
            Assert.Equal(["before", "after"], parent.Lines);
            var child = await second.EndedAsync(parent.Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value, ct);
            Assert.Equal((id, "child began"), (child.ParentRunId, Assert.Single(child.Lines)));
            await AssertRecordedOnceAsync(second, id, ct);
            await AssertRecordedOnceAsync(second, child.Id, ct);
        }

        Assert.Equal(4, await second.CountAsync("select count(*) from run", ct));
        Assert.Equal(0, await second.CountAsync("select count(*) from run_work", ct));
    }

    private static Task PublishParentAsync(RuntimeHost host, string type, string result, CancellationToken ct) => host.PublishAsync(
        Definitions.Sequence(type, Definitions.Line("before", "before"), Definitions.StartsRun(type, "run", "child", waits: true, "({ value: 41 })"), Definitions.SetOutput("out", result), Definitions.Line("after", "after")), ct);

    private static async Task AssertRecordedOnceAsync(RuntimeHost host, Guid run, CancellationToken ct)
    {
        var events = (await host.EventsAsync(run, ct)).ToList();
        var ended = events.OfType<StepEnded>().Select(e => e.StepId).ToList();
        Assert.Equal(ended.Distinct(), ended);
        Assert.InRange(events.OfType<ChildAskedFor>().Count(), 0, 1);
        Assert.Single(events.OfType<RunEnded>());
    }
}
