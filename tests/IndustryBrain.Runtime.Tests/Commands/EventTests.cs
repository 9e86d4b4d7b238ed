using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Storage;
using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Commands;

public sealed class EventTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("审批 通过", "%E5%AE%A1%E6%89%B9%20%E9%80%9A%E8%BF%87")]
    public async Task RaiseEvent_NameWithALetterThatAPathEscapes_IsHeard(string name, string escaped)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("odd", Definitions.Event("wait", name)), ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("odd", "{}", ct)).Id, ct);

        var (status, _) = await host.PostAsync($"runs/{run.Id}/events/{escaped}", null, ct);

        Assert.Equal(200, status);
        Assert.Equal(RunStatuses.Finished, (await host.EndedAsync(run.Id, ct)).SubStatus);
    }

    [Fact]
    public async Task RaiseEvent_RunWaitsForIt_GoesOnWithThePayload()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("asks", Definitions.Event("wait", "Approved"), Definitions.SetOutput("out", "getOutputFrom('wait', 'Result').by")), ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("asks", "{}", ct)).Id, ct);

        // The answer is the run as it stands, on a busy machine before it went on.
        var (status, view) = await host.PostAsync($"runs/{run.Id}/events/Approved", """{"by":"王芳"}""", ct);
        var ended = await host.EndedAsync(run.Id, ct);
        var (again, problem) = await host.PostAsync($"runs/{run.Id}/events/Approved", null, ct);

        Assert.Equal((200, run.Id), (status, view.GetProperty("id").GetGuid()));
        Assert.Equal((RunStatuses.Finished, "王芳"), (ended.SubStatus, ended.Output.GetProperty("result").GetString()));
        Assert.Equal((409, "IB3023"), (again, problem.GetProperty("code").GetString()));
        Assert.Equal(1, await host.CountAsync("select count(*) from audit_record where action = 'run.event'", ct));
    }

    [Fact]
    public async Task RaiseEvent_UnknownRunOtherEventOrBadPayload_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("asks", Definitions.Event("wait", "Approved")), ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("asks", "{}", ct)).Id, ct);

        var unknown = await host.PostAsync($"runs/{Guid.Empty}/events/Approved", null, ct);
        var other = await host.PostAsync($"runs/{run.Id}/events/approved", null, ct);
        var notJson = await host.PostAsync($"runs/{run.Id}/events/Approved", "{", ct);
        var nul = await host.PostAsync($"runs/{run.Id}/events/Approved", "\"\\u0000\"", ct);
        var foreign = await host.Runs.RaiseEventAsync(RuntimeHost.Person with { Organization = "other" }, run.Id, "Approved", null, ct);

        Assert.Equal((404, "IB3005"), (unknown.Status, unknown.Body.GetProperty("code").GetString()));
        Assert.Equal((409, "IB3023"), (other.Status, other.Body.GetProperty("code").GetString()));
        Assert.Equal((400, "IB3004"), (notJson.Status, notJson.Body.GetProperty("code").GetString()));
        Assert.Equal((400, "IB3009"), (nul.Status, nul.Body.GetProperty("code").GetString()));
        Assert.Equal("IB3005", foreign.Failure?.Code);
    }

    [Fact]
    public async Task PublishEvent_RunsOnBothNodesWait_EachIsResumedOnceAndByCorrelation()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var first = await RuntimeHost.StartAsync(database, plugins, ct);
        await using var second = await RuntimeHost.StartAsync(database, plugins, ct);
        await first.PublishAsync(Definitions.Sequence("hears", Definitions.Event("wait", "Price"), Definitions.SetOutput("out", "getOutputFrom('wait', 'Result')")), ct);
        await first.PublishAsync(Definitions.Sequence("hears-own", Definitions.Correlate("c", "steel"), Definitions.Event("wait", "Price"), Definitions.SetOutput("out", "getOutputFrom('wait', 'Result')")), ct);
        await first.PublishAsync(Definitions.Sequence("tells-steel", Definitions.PublishEvent("p", "Price", "41", "steel")), ct);
        await first.PublishAsync(Definitions.Sequence("tells-all", Definitions.PublishEvent("p", "Price", "42")), ct);
        var anyone = await first.WaitingAsync((await first.StartRunAsync("hears", "{}", ct)).Id, ct);
        var steel = await second.WaitingAsync((await second.StartRunAsync("hears-own", "{}", ct)).Id, ct);

        await first.EndedAsync((await first.StartRunAsync("tells-steel", "{}", ct)).Id, ct);
        var steelEnded = await second.EndedAsync(steel.Id, ct);
        await second.EndedAsync((await second.StartRunAsync("tells-all", "{}", ct)).Id, ct);
        var anyoneEnded = await first.EndedAsync(anyone.Id, ct);

        Assert.Equal(41, steelEnded.Output.GetProperty("result").GetInt32());
        Assert.Equal(42, anyoneEnded.Output.GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task PublishEvent_NobodyWaitsYet_IsHeardByTheFirstThatDoes()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("tells", Definitions.PublishEvent("p", "Early", "1")), ct);
        await host.PublishAsync(Definitions.Sequence("hears", Definitions.Event("wait", "Early"), Definitions.SetOutput("out", "getOutputFrom('wait', 'Result')")), ct);
        await host.EndedAsync((await host.StartRunAsync("tells", "{}", ct)).Id, ct);
        await host.UntilAsync("select count(*) from run_event", 1, ct);

        var heard = await host.EndedAsync((await host.StartRunAsync("hears", "{}", ct)).Id, ct);
        var late = await host.WaitingAsync((await host.StartRunAsync("hears", "{}", ct)).Id, ct);

        Assert.Equal(1, heard.Output.GetProperty("result").GetInt32());
        Assert.Equal(RunStatuses.Suspended, late.SubStatus);
    }

    [Fact]
    public async Task PublishEvent_OtherOrganizationWaits_HearsNothing()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        var other = new Caller("other", new(ActorKind.Person, "p2", "Other"), "127.0.0.1");
        var imported = await host.Library.ImportAsync(other, System.Text.Encoding.UTF8.GetBytes(Definitions.Sequence("hears", Definitions.Event("wait", "Secret"))), ct);
        Assert.True(imported.TryGet(out _, out _));
        Assert.True((await host.Library.PublishAsync(other, "hears", ct)).TryGet(out _, out _));
        Assert.True((await host.Runs.StartAsync(other, "hears", JsonElement.Parse("{}"), ct)).TryGet(out var waiting, out _));
        await host.UntilAsync("select count(*) from run_wait", 1, ct);
        await host.PublishAsync(Definitions.Sequence("tells", Definitions.PublishEvent("p", "Secret")), ct);

        await host.EndedAsync((await host.StartRunAsync("tells", "{}", ct)).Id, ct);
        await host.UntilAsync("select count(*) from run_event where organization = 'demo'", 1, ct);

        Assert.True((await host.Runs.GetAsync(other, waiting.Id, ct)).TryGet(out var still, out _));
        Assert.Equal(RunStatuses.Suspended, still.SubStatus);
        Assert.Equal(0, await host.CountAsync("select count(*) from run_inbox", ct));
    }

    [Fact]
    public async Task Start_EventsAndCommandsOlderThanTheyAreKept_AreForgottenAndYoungerOnesStay()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        await using (var first = await RuntimeHost.StartAsync(database, plugins, ct))
        {
            await using var fill = first.Database.DataSource.CreateCommand("""
                insert into run_event (organization, event, body, at) select 'demo', 'Unheard', '{}', now() - d * interval '1 day' from unnest(array[1, 3]) d;
                insert into run_command (id, at) select gen_random_uuid(), now() - d * interval '1 day' from unnest(array[1, 3]) d;
                """);
            await fill.ExecuteNonQueryAsync(ct);
        }

        await using var host = await RuntimeHost.StartAsync(database, plugins, ct, ("Runs:KeepEventDays", "2"), ("Runs:KeepCommandDays", "2"));

        await host.UntilAsync("select count(*) from run_event", 1, ct);
        await host.UntilAsync("select count(*) from run_command", 1, ct);
        Assert.Equal(2, await host.CountAsync("select (select count(*) from run_event where at > now() - interval '2 days') + (select count(*) from run_command where at > now() - interval '2 days')", ct));
    }
}
