using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests.Runs;

public sealed class UnreadableStateTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const string State = "convert_from(state, 'UTF8')";

    [Theory]
    [InlineData("a newer format", $"""update run_state set state = convert_to(regexp_replace({State}, '"version":\d+', '"version":999'), 'UTF8')""")]
    [InlineData("half of it", $"update run_state set state = convert_to(left({State}, 200), 'UTF8')")]
    [InlineData("no state at all", "update run_state set state = '***'")]
    [InlineData("another document", "update run_state set state = '[1]'")]
    [InlineData("a row that is gone", "delete from run_state")]
    public async Task Run_StateCannotBeRead_EndsOnceWithTheCodeAndOthersGoOn(string what, string damage)
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new CapturedLog();
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, log.Attach, ct);
        await host.PublishAsync(Definitions.Sequence("child", Definitions.Line("a", "before"), Definitions.Event("wait", "Go"), Definitions.Line("b", "after")), ct);
        await host.PublishAsync(Definitions.Sequence("parent", Definitions.StartsRun("DispatchWorkflow", "run", "child", waits: true), Definitions.Line("c", "parent goes on")), ct);
        var sound = await host.WaitingAsync((await host.StartRunAsync("child", "{}", ct)).Id, ct);
        var parent = await host.WaitingAsync((await host.StartRunAsync("parent", "{}", ct)).Id, ct);
        var child = parent.Steps.Single(s => s.ChildRunId is not null).ChildRunId!.Value;
        await host.UntilAsync("select count(*) from run_wait", 2, ct);

        await host.ExecuteAsync($"{damage} where run_id = '{child}'", ct);
        await host.PostAsync($"runs/{child}/events/Go", null, ct);
        var broken = await host.EndedAsync(child, ct);
        await host.PostAsync($"runs/{sound.Id}/events/Go", null, ct);

        Assert.Equal((RunStatuses.Faulted, "IB3018"), (broken.SubStatus, Assert.Single(broken.Incidents).Code));
        Assert.Equal(["before"], broken.Lines);
        Assert.Equal(["before", "after"], (await host.EndedAsync(sound.Id, ct)).Lines);
        Assert.Equal(["parent goes on"], (await host.EndedAsync(parent.Id, ct)).Lines);
        Assert.Equal(0, await host.CountAsync("select count(*) from run_work", ct));
        Assert.Single((await host.EventsAsync(child, ct)).OfType<RunEnded>());
        var line = Assert.Single(log.Of(LogLevel.Error));
        Assert.True(line.Contains($"{child}", StringComparison.Ordinal) && line.Contains("IB3018", StringComparison.Ordinal), $"{what}: {line}");
    }
}
