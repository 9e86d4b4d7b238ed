using System.Net;
using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IndustryBrain.Runtime.Tests.Recording;

/// <summary>Commits of many runs in one transaction: each holds or has no effect at all, whatever becomes of the others.</summary>
public sealed class CommitGroupTests(PostgresFixture postgres, ProbePackage plugins)
{
    private const int Many = 60;
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task Commit_ManyAtOnceSomeOfThemLate_TheLateHaveNoEffect()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        var store = host.Services.GetRequiredService<RunStore>();
        var records = await AcceptAsync(host);
        foreach (var record in records.Take(Many / 2))
            Assert.True(await store.TakeOverAsync(RuntimeHost.Organization, Copy(record), new(Guid.NewGuid(), At), ct));

        var held = await Task.WhenAll(records.Select(record => store.CommitAsync(RuntimeHost.Organization, Stand(record, "late"), Pause(record, due: At.AddYears(90)), ct)));

        Assert.Equal(Enumerable.Range(0, Many).Select(i => i >= Many / 2), held);
        Assert.Equal(Many / 2, await host.CountAsync("select count(*) from run where record ->> 'name' = 'late' and version = 2", ct));
        Assert.Equal(Many / 2, await host.CountAsync("select count(*) from run_state", ct));
        Assert.Equal(Many / 2, await host.CountAsync("select count(*) from run_work where due is not null or state = 'waiting'", ct));
        Assert.Equal(2 * Many, await host.CountAsync("select sum(count) from run_journal", ct));
        Assert.All(records.Take(Many / 2), record => Assert.Equal(1, record.StreamVersion));
    }

    [Fact]
    public async Task Commit_OneOfManyIsRefused_OnlyThatOneFails()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        var store = host.Services.GetRequiredService<RunStore>();
        var records = await AcceptAsync(host);
        await host.ExecuteAsync($"""
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused by the test'; end $$;
            create trigger refuse before insert on run_state for each row when (new.run_id = '{records[7].Id}') execute function refuse();
            """, ct);

        var commits = records.Select(record => store.CommitAsync(RuntimeHost.Organization, record, Pause(record, due: null), ct)).ToArray();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => commits[7]);

        Assert.Contains("refused by the test", refused.Message, StringComparison.Ordinal);
        Assert.All(await Task.WhenAll(commits.Where((_, i) => i != 7)), Assert.True);
        Assert.Equal(1, records[7].StreamVersion);
        Assert.Equal((2 * Many) - 1, await host.CountAsync("select sum(count) from run_journal", ct));
        Assert.Equal(Many, await host.CountAsync("select count(*) from audit_record where action = 'run.start'", ct));
    }

    [Fact]
    public async Task Commit_OneOfManyCannotBeSent_OnlyThatOneFails()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        var store = host.Services.GetRequiredService<RunStore>();
        var records = await AcceptAsync(host);

        // Half of a surrogate pair is no text that a connection can carry.
        var commits = records.Select((record, i) => store.CommitAsync(RuntimeHost.Organization, record, Pause(record, due: null) with { Waits = i == 7 ? new(["\ud800"], "") : null }, ct)).ToArray();
        await Assert.ThrowsAnyAsync<Exception>(() => commits[7]);

        Assert.All(await Task.WhenAll(commits.Where((_, i) => i != 7)), Assert.True);
        Assert.Equal((2 * Many) - 1, await host.CountAsync("select sum(count) from run_journal", ct));
    }

    [Fact]
    public async Task Commit_ConnectionLostAndCommitted_IsFoundOnRecord()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        var store = host.Services.GetRequiredService<RunStore>();
        var record = (await AcceptAsync(host))[0];
        var mine = RunWrite.Go(RuntimeHost.Organization, Copy(record), Pause(record, due: null), []);
        var another = RunWrite.Go(RuntimeHost.Organization, Copy(record), new([new RunTakenOver(Guid.NewGuid(), At)], 1, null, null), []);
        await using var connection = await host.Database.DataSource.OpenConnectionAsync(ct);

        Assert.Empty(await RunStatements.FindAsync(connection, [mine], ct));
        await RunStatements.WriteAsync(connection, [mine], [], ct);

        Assert.Equal([record.Id], await RunStatements.FindAsync(connection, [mine], ct));
        Assert.Empty(await RunStatements.FindAsync(connection, [another], ct));
    }

    [Fact]
    public async Task Read_RunOfAnotherOrganization_IsNotFoundAndNotTold()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        var store = host.Services.GetRequiredService<RunStore>();
        var record = (await AcceptAsync(host))[0];
        await store.CommitAsync(RuntimeHost.Organization, record, Pause(record, due: At.AddYears(90)), ct);
        var stranger = RuntimeHost.Person with { Organization = "stranger" };

        var claimed = await store.TellAsync(stranger, "run.event", record.Id, new EventCame("Go", null), host.Services.GetRequiredService<RunExecutor>().NodeId);

        Assert.Null(claimed);
        Assert.Null(await store.ReadAsync("stranger", record.Id, withState: true, waitsFor: null, ct));
        Assert.Null(await store.FindAsync("stranger", record.Id, ct));
        Assert.Empty((await store.ListAsync("stranger", new(), ct)).Items);
        Assert.Equal(0, await host.CountAsync("select count(*) from run_inbox", ct));
        await Assert.ThrowsAsync<ArgumentException>(() => store.FindAsync("*platform*", record.Id, ct));
    }

    [Fact]
    public async Task Tell_RunThatWaits_IsClaimedOnceByWhoeverAsksForIt()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        var store = host.Services.GetRequiredService<RunStore>();
        var records = await AcceptAsync(host);
        await Task.WhenAll(records.Select(record => store.CommitAsync(RuntimeHost.Organization, record, Pause(record, due: At.AddYears(90)), ct)));
        var node = host.Services.GetRequiredService<RunExecutor>().NodeId;

        var claimed = await Task.WhenAll(records.SelectMany(record => new[] { record.Id, record.Id }).Select(id => store.TellAsync(RuntimeHost.Person, "run.event", id, new EventCame("Go", null), node)));

        // Of each pair one has the run, whether they shared a transaction or not.
        Assert.Equal(records.Select(r => r.Id).Order(), claimed.OfType<ClaimedRun>().Select(c => c.RunId).Order());
        Assert.Equal(2 * Many, await host.CountAsync("select count(*) from run_inbox", ct));
        Assert.Equal(2 * Many, await host.CountAsync("select count(*) from audit_record where action = 'run.event'", ct));
    }

    [Fact]
    public async Task Read_CommitOfManyMegabytes_ComesBackWhole()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await StartAsync(ct);
        var store = host.Services.GetRequiredService<RunStore>();
        var record = (await AcceptAsync(host))[0];
        object[] lines = [.. Enumerable.Range(0, 30).Select(i => new LineRecorded($"s{i}", new string('长', 200_000), At))];

        Assert.True(await store.CommitAsync(RuntimeHost.Organization, record, new(lines, 1, [1], null), ct));
        var read = (await store.ReadAsync(RuntimeHost.Organization, record.Id, withState: true, waitsFor: null, ct))!;

        Assert.Equal(lines, read.Events.Skip(1));
        Assert.Equal((31L, (byte)1), (read.Record.StreamVersion, Assert.Single(read.State!)));
        Assert.InRange(await host.CountAsync("select count(*) from run_journal where run_id = '" + record.Id + "'", ct), 4, 12);
    }

    [Fact]
    public async Task Start_DatabaseDoesNotKeepUp_IsRefusedAndWhatWaitedIsAccepted()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(
            await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:CommitWriters", "1"), ("Runs:MaxCommitDelayMilliseconds", "50"));
        await host.PublishAsync(Definitions.Sequence("plain", Definitions.Line("a", "a")), ct);
        var store = host.Services.GetRequiredService<RunStore>();
        await using var holder = await host.Database.DataSource.OpenConnectionAsync(ct);
        await using var held = await holder.BeginTransactionAsync(ct);
        await using (var hold = new NpgsqlCommand("lock table run_journal in exclusive mode", holder))
        {
            await hold.ExecuteNonQueryAsync(ct);
        }

        var first = host.PostAsync("scenarios/plain/runs?wait=30", "{}", ct);
        await host.UntilAsync("select count(*) from pg_locks where relation = 'run_journal'::regclass and not granted", 1, ct);
        var second = host.PostAsync("scenarios/plain/runs?wait=30", "{}", ct);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!store.IsBehind)
            await tick.WaitForNextTickAsync(ct);
        using var content = RuntimeHost.Json("{}");
        using var refused = await host.Client.PostAsync(new Uri("/api/v1/scenarios/plain/runs", UriKind.Relative), content, ct);
        await held.RollbackAsync(ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("IB3042", JsonElement.Parse(await refused.Content.ReadAsStringAsync(ct)).GetProperty("code").GetString());
        Assert.NotNull(refused.Headers.RetryAfter);
        foreach (var (status, run) in await Task.WhenAll(first, second))
            Assert.Equal((200, "Finished"), (status, run.GetProperty("subStatus").GetString()));
        Assert.Equal(2, await host.CountAsync("select count(*) from run", ct));
    }

    [Fact]
    public async Task Accept_GivenUpForLostButWritten_IsExecutedAllTheSame()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:LeaseSeconds", "2"));
        await host.PublishAsync(Definitions.Sequence("plain", Definitions.Line("a", "a")), ct);
        var accepted = new RunAccepted("plain", LocalizedText.Same("plain"), 1, JsonElement.Parse("{}"), RuntimeHost.Person.Actor, At);
        var record = RunRecord.Of(Guid.CreateVersion7(), accepted);

        await host.Services.GetRequiredService<RunStore>().AcceptAsync(RuntimeHost.Person, record, accepted, host.Services.GetRequiredService<RunExecutor>().NodeId);
        var ended = await host.EndedAsync(record.Id, ct);

        Assert.Equal((RunStatuses.Finished, "a"), (ended.SubStatus, Assert.Single(ended.Lines)));
    }

    // A node that looks for what it should know of leaves these runs alone for as long as a test lasts.
    private async Task<RuntimeHost> StartAsync(CancellationToken ct) =>
        await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:LeaseSeconds", "3600"));

    private static async Task<RunRecord[]> AcceptAsync(RuntimeHost host)
    {
        var (store, node) = (host.Services.GetRequiredService<RunStore>(), host.Services.GetRequiredService<RunExecutor>().NodeId);
        var records = new RunRecord[Many];
        await Task.WhenAll(Enumerable.Range(0, Many).Select(async i =>
        {
            var accepted = new RunAccepted("none", LocalizedText.Same("none"), 1, JsonElement.Parse("{}"), RuntimeHost.Person.Actor, At);
            records[i] = RunRecord.Of(Guid.CreateVersion7(), accepted);
            // As if this node executed it: nobody else takes it up.
            await store.AcceptAsync(RuntimeHost.Person, records[i], accepted, node);
        }));
        return records;
    }

    private static RunCommit Pause(RunRecord record, DateTimeOffset? due) =>
        new([new RunPaused(RunStatuses.Executing, JsonElement.Parse("{}"), [], null, null, At)], record.StreamVersion, [1, 2, 3], due);

    private static RunRecord Stand(RunRecord record, string name)
    {
        record.Name = name;
        return record;
    }

    private static RunRecord Copy(RunRecord record) => JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.RunRecord), JournalJson.Default.RunRecord)!;
}
