using System.Net.Http.Headers;
using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests;

public sealed class UnstorableTextTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private const string Nul = "String.fromCharCode(0)";
    private const string Half = "String.fromCharCode(0xd800)";

    public static TheoryData<string, string> Scripts => new()
    {
        { "line", Script("line", "Elsa.WriteLine", "text", $"'a' + {Nul}") },
        { "half", Script("half", "Elsa.WriteLine", "text", $"'a' + {Half}") },
        { "output", SetOutput("output", $"'a' + {Nul}") },
        { "member", SetOutput("member", $"({{ ['a' + {Nul}]: [1] }})") },
        { "deep", SetOutput("deep", $"[[{{ a: 'x' + {Half} }}]]") },
        { "variable", SetOutput("variable", $"setVariable('v', 'a' + {Nul})") },
        { "name", SetOutput("name", $"setWorkflowInstanceName('a' + {Half})") },
        { "correlation", SetOutput("correlation", $"setCorrelationId('a' + {Nul})") },
        { "component", Script("component", "IndustryBrain.probe.spell", "code", "0") },
        { "cell", Definitions.ReadFile("cell") },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Run_TextThatCannotBeStored_FaultsOnceAndNamesTheStep(string step, string activity)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("unstorable", Definitions.Line("before", "before"), activity, Definitions.Delay("wait", "00:00:01"), Definitions.Line("after", "after")), ct);
        var file = await UploadAsync(host, "x\0y", ct);

        var (status, run) = await host.PostAsync("scenarios/unstorable/runs?wait=30", "{\"input\":{\"file\":{\"file\":\"" + file + "\"}}}", ct);
        var ended = await host.EndedAsync(run.GetProperty("id").GetGuid(), ct);

        Assert.Equal(200, status);
        Assert.Equal(RunStatuses.Faulted, ended.SubStatus);
        var incident = Assert.Single(ended.Incidents);
        Assert.Equal(("IB3021", step), (incident.Code, incident.ActivityId));
        Assert.Equal(["before"], ended.Lines);
        await AssertEndedOnceAsync(host, ended.Id, ct);
    }

    [Fact]
    public async Task Call_OutputThatCannotBeStored_IsRefusedAsInARun()
    {
        var (status, body) = await shared.Host.PostAsync("components/probe.spell/calls", """{"input":{"code":0}}""", TestContext.Current.CancellationToken);

        Assert.Equal((422, "IB3021"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_ErrorTextThatCannotBeStored_IsRecordedWithoutIt()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("throws", Script("throw", "Elsa.WriteLine", "text", $"(() => {{ throw new Error('a' + {Nul} + 'b') }})()")), ct);

        var ended = await host.EndedAsync((await host.StartRunAsync("throws", "{}", ct)).Id, ct);

        Assert.Equal(RunStatuses.Faulted, ended.SubStatus);
        Assert.Contains("a\uFFFDb", Assert.Single(ended.Incidents).Message.En, StringComparison.Ordinal);
        await AssertEndedOnceAsync(host, ended.Id, ct);
    }

    [Fact]
    public async Task Run_OutputNestedTooDeep_FaultsOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("deep", SetOutput("deep", "(() => { let a = 1; for (let i = 0; i < 63; i++) a = [a]; return a })()")), ct);

        var ended = await host.EndedAsync((await host.StartRunAsync("deep", "{}", ct)).Id, ct);

        Assert.Equal((RunStatuses.Faulted, "IB3021"), (ended.SubStatus, Assert.Single(ended.Incidents).Code));
        await AssertEndedOnceAsync(host, ended.Id, ct);
    }

    [Fact]
    public async Task Run_CaughtInTheLoopOfAnEarlierVersion_FaultsWhenAHostTakesIt()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.CreateDatabaseAsync(plugins, ct);
        Guid id;
        await using (var earlier = await RuntimeHost.StartAsync(database, plugins, ct))
        {
            await earlier.PublishAsync(Definitions.Sequence("caught", Script("line", "Elsa.WriteLine", "text", $"'a' + {Nul}")), ct);
            id = await QueueAsync(earlier, "caught", ct);
        }

        await using var host = await RuntimeHost.StartAsync(database, plugins, ct);
        var ended = await host.EndedAsync(id, ct);

        Assert.Equal((RunStatuses.Faulted, "IB3021"), (ended.SubStatus, Assert.Single(ended.Incidents).Code));
        await AssertEndedOnceAsync(host, id, ct);
    }

    [Fact]
    public async Task Run_LiteralOfADefinitionThatCannotBeStored_FaultsAndNamesTheStep()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("literal", Definitions.Line("line", "a_b")), ct);
        await ReplaceInDocumentsAsync(host, "a_b", "a\\u0000b", ct);

        var ended = await host.EndedAsync((await host.StartRunAsync("literal", "{}", ct)).Id, ct);

        var incident = Assert.Single(ended.Incidents);
        Assert.Equal((RunStatuses.Faulted, "IB3021", "line"), (ended.SubStatus, incident.Code, incident.ActivityId));
        Assert.Equal(["a\uFFFDb"], ended.Lines);
        await AssertEndedOnceAsync(host, ended.Id, ct);
    }

    [Fact]
    public async Task Run_BreaksAgainAndAgainAtTheSamePlace_FaultsAfterMaxTries()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:MaxTries", "3"), ("Runs:RetryMilliseconds", "1"), ("Runs:PollMilliseconds", "20"));
        await host.PublishAsync(Definitions.Sequence("waits", Definitions.Event("event", "go")), ct);
        await RefuseSnapshotsAsync(host, "40001", ct);

        var ended = await host.EndedAsync((await host.StartRunAsync("waits", "{}", ct)).Id, ct);

        Assert.Equal((RunStatuses.Faulted, "IB3022"), (ended.SubStatus, Assert.Single(ended.Incidents).Code));
        Assert.Equal(2, await CountAsync<RunTakenOver>(host, ended.Id, ct));
    }

    [Fact]
    public async Task Run_DatabaseShortOfMeans_IsNotCountedAndGoesOnAfterwards()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:MaxTries", "2"), ("Runs:RetryMilliseconds", "1"), ("Runs:PollMilliseconds", "20"));
        await host.PublishAsync(Definitions.Sequence("waits", Definitions.Delay("wait", "00:00:01"), Definitions.Line("after", "after")), ct);
        await RefuseSnapshotsAsync(host, "53100", ct);
        var id = (await host.StartRunAsync("waits", "{}", ct)).Id;
        await TakenOverAsync(host, id, times: 4, ct);

        await ExecuteAsync(host, "drop trigger refuse on run_state", ct);
        var ended = await host.EndedAsync(id, ct);

        Assert.Equal(RunStatuses.Finished, ended.SubStatus);
        Assert.Equal(["after"], ended.Lines);
    }

    private static string Script(string id, string type, string input, string source) => $$$"""
        { "type": "{{{type}}}", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {}, "{{{input}}}": { "typeName": "Object", "expression": { "type": "JavaScript", "value": {{{JsonSerializer.Serialize(source)}}} } } }
        """;

    private static string SetOutput(string id, string source) => $$$"""
        { "type": "Elsa.SetOutput", "id": "{{{id}}}", "version": 1, "customProperties": {}, "metadata": {},
          "outputName": { "typeName": "String", "expression": { "type": "Literal", "value": "result" } },
          "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": {{{JsonSerializer.Serialize(source)}}} } } }
        """;

    private static async Task<string> UploadAsync(RuntimeHost host, string text, CancellationToken ct)
    {
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var answer = await host.Client.PostAsync(new Uri("/api/v1/files?name=x.txt", UriKind.Relative), content, ct);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(ct)).GetProperty("id").GetString()!;
    }

    /// <summary>A run as a node leaves it that gave it back several times.</summary>
    private static async Task<Guid> QueueAsync(RuntimeHost host, string definitionId, CancellationToken ct)
    {
        var (id, at) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        var accepted = new RunAccepted(definitionId, LocalizedText.Same(definitionId), 1, JsonElement.Parse("{}"), RuntimeHost.Person.Actor, at);
        var record = new RunRecord { Id = id, DefinitionId = definitionId, ScenarioName = accepted.ScenarioName, Version = 1, CreatedAt = at, StartedBy = accepted.StartedBy };
        var store = host.Services.GetRequiredService<RunStore>();
        await store.AcceptAsync(RuntimeHost.Person, record, accepted, Guid.NewGuid());
        for (var i = 0; i < 5; i++)
            Assert.True(await store.TakeOverAsync(RuntimeHost.Organization, record, new(Guid.NewGuid(), at), ct));
        return id;
    }

    private static Task RefuseSnapshotsAsync(RuntimeHost host, string sqlState, CancellationToken ct) => ExecuteAsync(host, $$"""
        create function refuse() returns trigger language plpgsql as $f$ begin raise exception 'refused' using errcode = '{{sqlState}}'; end $f$;
        create trigger refuse before insert on run_state for each row execute function refuse();
        """, ct);

    private static async Task ReplaceInDocumentsAsync(RuntimeHost host, string text, string by, CancellationToken ct)
    {
        await using var session = host.Services.GetRequiredService<IOrganizationSessions>().Open(RuntimeHost.Organization);
        var version = (await session.LoadAsync<Library.ScenarioVersion>("literal@1", ct))!;
        version.Document = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(version.Document).Replace(text, by, StringComparison.Ordinal));
        session.Store(version);
        await session.SaveChangesAsync(ct);
    }

    private static async Task ExecuteAsync(RuntimeHost host, string sql, CancellationToken ct)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task TakenOverAsync(RuntimeHost host, Guid run, int times, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await CountAsync<RunTakenOver>(host, run, patience.Token) < times)
            await Task.Delay(20, patience.Token);
    }

    private static async Task<int> CountAsync<T>(RuntimeHost host, Guid run, CancellationToken ct)
    {
        return (await host.EventsAsync(run, ct)).Count(e => e is T);
    }

    private static async Task AssertEndedOnceAsync(RuntimeHost host, Guid run, CancellationToken ct)
    {
        Assert.Equal(1, await CountAsync<RunEnded>(host, run, ct));
        await using var command = host.Database.DataSource.CreateCommand("select count(*) from run_work");
        Assert.Equal(0L, await command.ExecuteScalarAsync(ct));
    }
}
