using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Recording;

/// <summary>A database in which a host of an earlier version kept its runs, as documents and event streams.</summary>
public sealed class EarlierVersionTests(PostgresFixture postgres, ProbePackage plugins)
{
    /// <summary>Turns what this version recorded into what an earlier one would have.</summary>
    private const string GoBack = """
        create table mt_doc_runrecord (tenant_id varchar not null, id uuid not null, data jsonb not null, primary key (tenant_id, id));
        create table mt_doc_runsnapshot (tenant_id varchar not null, id uuid not null, data jsonb not null, primary key (tenant_id, id));
        create table if not exists mt_streams (tenant_id varchar not null, id uuid not null, version bigint, primary key (tenant_id, id));
        create table if not exists mt_events (seq_id bigint generated always as identity primary key, id uuid not null default gen_random_uuid(), stream_id uuid, version bigint not null, data jsonb not null, type varchar not null, tenant_id varchar);
        insert into mt_doc_runrecord select organization, id, record from run;
        insert into mt_doc_runsnapshot select organization, run_id, jsonb_build_object('id', run_id, 'streamVersion', version, 'state', replace(encode(state, 'base64'), e'\n', '')) from run_state;
        insert into mt_streams (tenant_id, id, version) select organization, id, version from run;
        insert into mt_events (stream_id, version, data, type, tenant_id)
        select j.run_id, j.version + p.n / 2, (e.items ->> (p.n + 1))::jsonb, e.items ->> p.n, j.organization
        from run_journal j, lateral (select convert_from(j.events, 'UTF8')::jsonb as items) e, lateral generate_series(0, 2 * j.count - 2, 2) as p (n);
        drop table run, run_state, run_journal, human_task_entry, human_task, scenario_trigger, secret_use, data_set_row, data_set_write, data_set_pin;
        drop index run_wait_event, run_event_name;
        create index run_wait_event on run_wait using hash (event);
        create index run_event_name on run_event using hash (event);
        delete from storage_migration where room = 'runtime' and number > 5;
        """;

    [Fact]
    public async Task Start_RunsOfAnEarlierVersion_AreShownAndGoOn()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        Guid ended, waiting;
        await using (var host = await RuntimeHost.StartAsync(database, plugins, ct))
        {
            await host.PublishAsync(Definitions.Sequence("asks", Definitions.Line("a", "前"), Definitions.Event("wait", "Go"), Definitions.Line("b", "后")), ct);
            ended = (await host.WaitingAsync((await host.StartRunAsync("asks", """{"value":1.50}""", ct)).Id, ct)).Id;
            await host.PostAsync($"runs/{ended}/events/Go", null, ct);
            await host.EndedAsync(ended, ct);
            waiting = (await host.WaitingAsync((await host.StartRunAsync("asks", "{}", ct)).Id, ct)).Id;
            await host.ExecuteAsync(GoBack, ct);
        }

        await using var next = await RuntimeHost.StartAsync(database, plugins, ct);
        var before = (await next.Runs.GetAsync(RuntimeHost.Person, ended, ct)).TryGet(out var view, out _) ? view : null;
        var (status, _) = await next.PostAsync($"runs/{waiting}/events/Go", null, ct);
        var after = await next.EndedAsync(waiting, ct);

        Assert.Equal((RunStatuses.Finished, "1.50"), (before?.SubStatus, before?.Input.GetProperty("value").GetRawText()));
        Assert.Equal(["前", "后"], before!.Lines);
        Assert.Equal(200, status);
        Assert.Equal(["前", "后"], after.Lines);
        await DurabilityTests.AssertEachStepRecordedOnceAsync(next, waiting, ct);
        var listed = await next.Services.GetRequiredService<RunStore>().ListAsync(RuntimeHost.Organization, new(), ct);
        Assert.Equal([waiting, ended], listed.Items.Select(i => i.Id));
        Assert.Equal(0, await next.CountAsync("select count(*) from mt_events", ct));
        Assert.Equal(0, await next.CountAsync("select count(*) from pg_class where relname in ('mt_doc_runrecord', 'mt_doc_runsnapshot')", ct));
    }
}
