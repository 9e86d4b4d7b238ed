using IndustryBrain.Runtime.Runs;
using IndustryBrain.Testing;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Runtime.Tests.Commands;

public sealed class FailingCommandTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const string Incoming = "messaging.wolverine_incoming_envelopes";

    private const string Category = "IndustryBrain.Runtime.Runs.Commands.CommandLog";

    private const string Refuse = """
        create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused by the test'; end $$;
        create trigger refuse before insert on run_inbox for each row execute function refuse();
        """;

    [Fact]
    public async Task Handler_FailsAgainAndAgain_LeavesOneErrorThatNamesCommandAndRunUntilItWorks()
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new CapturedLog();
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, log.Attach, ct);
        await host.PublishAsync(Definitions.Sequence("waits", Definitions.Event("wait", "Never")), ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("waits", "{}", ct)).Id, ct);

        await host.ExecuteAsync(Refuse, ct);
        var (status, _) = await host.PostAsync($"runs/{run.Id}/cancel", null, ct);
        await host.UntilAsync($"select count(*) from {Incoming} where attempts = 3 and status = 'Scheduled'", 1, ct);
        var first = log.Of(LogLevel.Error);
        await host.UntilAsync($"select count(*) from {Incoming} where attempts = 4 and status = 'Scheduled'", 1, ct);

        Assert.Equal(200, status);
        Assert.Equal([$"{Category}: Command EndRun of run {run.Id} failed; it is tried again later"], first);
        Assert.Equal(first, log.Of(LogLevel.Error));
        Assert.Empty(log.Of(LogLevel.Critical));

        await host.ExecuteAsync($"drop trigger refuse on run_inbox; update {Incoming} set execution_time = now()", ct);
        Assert.Equal(RunStatuses.Cancelled, (await host.EndedAsync(run.Id, ct)).SubStatus);
    }

    [Fact]
    public async Task Handler_FailsEachTime_IsGivenUpWithOneLineAndKeptAsDeadLetter()
    {
        var ct = TestContext.Current.CancellationToken;
        using var log = new CapturedLog();
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, log.Attach, ct);
        await host.PublishAsync(Definitions.Sequence("waits", Definitions.Event("wait", "Never")), ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("waits", "{}", ct)).Id, ct);
        await host.ExecuteAsync(Refuse, ct);
        await host.PostAsync($"runs/{run.Id}/cancel", null, ct);
        await host.UntilAsync($"select count(*) from {Incoming} where attempts = 3 and status = 'Scheduled'", 1, ct);

        // As if the half hour of further attempts had passed.
        await host.ExecuteAsync($"update {Incoming} set attempts = 7", ct);
        await host.UntilAsync("select count(*) from messaging.wolverine_dead_letters", 1, ct);
        await log.UntilAsync(LogLevel.Critical, ct);

        var line = Assert.Single(log.Of(LogLevel.Critical));
        Assert.StartsWith($"{Category}: Command EndRun of run {run.Id} failed each time and is given up; it is kept as dead letter ", line, StringComparison.Ordinal);
        Assert.Single(log.Of(LogLevel.Error));
    }
}
