using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Tasks;

/// <summary>Tasks of people, through the API, by persons of a directory.</summary>
public sealed class HumanTaskTests(PeopleHost people, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<PeopleHost>
{
    private const string Role = """ "role": {"typeName":"String","expression":{"type":"Literal","value":"buyer"}} """;
    private const string Schema = """ "schema": {"typeName":"Object","expression":{"type":"Object","value":"{\"type\":\"object\",\"properties\":{\"amount\":{\"type\":\"number\",\"minimum\":0}},\"required\":[\"amount\"]}"}} """;

    private RuntimeHost Host => people.Host;

    [Fact]
    public async Task Decision_OfTheRole_LetsTheRunGoOnAndIsSignedInTheAuditTrail()
    {
        var ct = TestContext.Current.CancellationToken;
        var (run, task) = await AskAsync("role", ct, Role, Schema);

        var (_, mine) = await As("wang", "tasks?mine=true&state=open&text=role", null, ct);
        Assert.Equal([task], mine.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("id").GetString()));
        Assert.Equal(0, (await As("chen", "tasks?mine=true&text=role", null, ct)).Body.GetProperty("total").GetInt32());
        var (status, decided) = await As("wang", $"tasks/{task}/decision", """{"outcome":"Approved","data":{"amount":12.5},"comment":"ok"}""", ct);
        var ended = await Host.EndedAsync(run, ct);

        Assert.Equal((200, "decided", "Approved"), (status, decided.GetProperty("state").GetString(), decided.GetProperty("outcome").GetString()));
        Assert.Equal("""{"data":{"amount":12.5},"by":"wang","votes":1}""", ended.Output.GetProperty("result").GetRawText());
        var (_, view) = await As("li", $"tasks/{task}", null, ct);
        var entry = Assert.Single(view.GetProperty("entries").EnumerateArray());
        Assert.Equal(("wang", "person", "ok"), (entry.GetProperty("by").GetProperty("id").GetString(), entry.GetProperty("by").GetProperty("kind").GetString(), entry.GetProperty("comment").GetString()));
        var trail = await Host.Services.GetRequiredService<AuditTrail>().ReadAsync(RuntimeHost.Organization, 100, ct);
        var signed = Assert.Single(trail, r => r.GetRawText().Contains(task, StringComparison.Ordinal));
        Assert.Contains("task.decide", signed.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"wang\"", signed.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chen", """{"outcome":"Approved","data":{"amount":1}}""", 403, "IB3072")]
    [InlineData("stranger", """{"outcome":"Approved","data":{"amount":1}}""", 403, "IB3072")]
    [InlineData("li", """{"outcome":"Perhaps","data":{"amount":1}}""", 422, "IB3073")]
    [InlineData("li", """{"outcome":"Approved"}""", 422, "IB7101")]
    [InlineData("li", """{"outcome":"Approved","data":{"amount":-1}}""", 422, "IB7105")]
    [InlineData("li", """{"outcome":"Approved","data":[1]}""", 422, "IB7102")]
    [InlineData("li", """{"outcome":"Approved","data":{"amount":1},"files":["00000000-0000-0000-0000-000000000001"]}""", 422, "IB3017")]
    [InlineData("li", """{"data":{"amount":1}}""", 422, "IB7101")]
    public async Task Decision_ThatDoesNotFit_IsRefusedAndTheTaskStaysOpen(string person, string body, int expectedStatus, string code)
    {
        var ct = TestContext.Current.CancellationToken;
        var (_, task) = await AskAsync("refusals", ct, Role, Schema);

        var (status, problem) = await As(person, $"tasks/{task}/decision", body, ct);

        Assert.Equal((expectedStatus, code), (status, problem.GetProperty("code").GetString()));
        var (_, view) = await As("li", $"tasks/{task}", null, ct);
        Assert.Equal(("open", 0, true), (view.GetProperty("state").GetString(), view.GetProperty("entries").GetArrayLength(), view.GetProperty("mayDecide").GetBoolean()));
    }

    [Fact]
    public async Task Decision_UnderFourEyes_IsNotForWhoeverStartedTheRun()
    {
        var ct = TestContext.Current.CancellationToken;
        await PublishAsync("eyes", ct, Role, Value("fourEyes", "Boolean", "true"));
        var (_, started) = await As("li", "scenarios/eyes/runs?wait=30", "{}", ct);
        var task = await TaskOfAsync(started.GetProperty("id").GetGuid(), ct);

        var (own, problem) = await As("li", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);
        var (back, refused) = await As("wang", $"tasks/{task}/delegation", """{"to":"li"}""", ct);
        var (other, _) = await As("wang", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);

        Assert.Equal((403, "IB3074"), (own, problem.GetProperty("code").GetString()));
        Assert.Equal((422, "IB3076"), (back, refused.GetProperty("code").GetString()));
        Assert.Equal(200, other);
    }

    [Fact]
    public async Task Decision_WithAQuorumOfTwo_WaitsForASecondPersonOfTheSameMind()
    {
        var ct = TestContext.Current.CancellationToken;
        var (run, task) = await AskAsync("quorum", ct, Role, Value("quorum", "Int32", "2"), Value("voters", "Int32", "3"));

        var (_, first) = await As("li", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);
        var (twice, problem) = await As("li", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);
        var (_, second) = await As("wang", $"tasks/{task}/decision", """{"outcome":"Rejected"}""", ct);
        var (_, third) = await As("zhang", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);
        var ended = await Host.EndedAsync(run, ct);

        Assert.Equal((409, "IB3075"), (twice, problem.GetProperty("code").GetString()));
        Assert.Equal(["open", "open", "decided"], ((JsonElement[])[first, second, third]).Select(t => t.GetProperty("state").GetString()));
        Assert.Equal(("Approved", 3), (third.GetProperty("outcome").GetString(), ended.Output.GetProperty("result").GetProperty("votes").GetInt32()));
    }

    [Fact]
    public async Task Decision_WithoutAQuorumInTheEnd_IsNoQuorum()
    {
        var ct = TestContext.Current.CancellationToken;
        var (run, task) = await AskAsync("split", ct, Role, Value("quorum", "Int32", "2"), Value("voters", "Int32", "2"));

        await As("li", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);
        var (_, second) = await As("wang", $"tasks/{task}/decision", """{"outcome":"Rejected"}""", ct);

        Assert.Equal("NoQuorum", second.GetProperty("outcome").GetString());
        Assert.Equal(RunStatuses.Finished, (await Host.EndedAsync(run, ct)).SubStatus);
        var (status, closed) = await As("zhang", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);
        Assert.Equal((409, "IB3071"), (status, closed.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Delegation_ToAnother_MovesTheDecision()
    {
        var ct = TestContext.Current.CancellationToken;
        var (run, task) = await AskAsync("delegated", ct, Value("assignee", "String", "\"li\""));

        var (unknown, problem) = await As("li", $"tasks/{task}/delegation", """{"to":"nobody"}""", ct);
        var (status, _) = await As("li", $"tasks/{task}/delegation", """{"to":"chen","comment":"on leave"}""", ct);
        var (gone, _) = await As("li", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);
        var (comment, _) = await As("wang", $"tasks/{task}/comments", """{"comment":"hurry"}""", ct);
        var (decided, view) = await As("chen", $"tasks/{task}/decision", """{"outcome":"Rejected"}""", ct);

        Assert.Equal((422, "IB3076"), (unknown, problem.GetProperty("code").GetString()));
        Assert.Equal((200, 403, 200, 200), (status, gone, comment, decided));
        Assert.Equal(["delegated", "commented", "decided"], view.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("kind").GetString()));
        Assert.Equal("chen", (await Host.EndedAsync(run, ct)).Output.GetProperty("result").GetProperty("by").GetString());
    }

    [Fact]
    public async Task Run_Cancelled_WithdrawsItsTask()
    {
        var ct = TestContext.Current.CancellationToken;
        var (run, task) = await AskAsync("withdrawn", ct, Role);

        Assert.Equal(200, (await Host.PostAsync($"runs/{run}/cancel", null, ct)).Status);

        var (_, view) = await As("li", $"tasks/{task}", null, ct);
        Assert.Equal(("withdrawn", false), (view.GetProperty("state").GetString(), view.GetProperty("mayDecide").GetBoolean()));
    }

    [Fact]
    public async Task Decisions_AtTheMomentOfExpiry_CountOrAreRefusedAndTheRunAgrees()
    {
        var ct = TestContext.Current.CancellationToken;
        await PublishAsync("expiring", ct, Role, Value("dueIn", "TimeSpan", "\"00:00:00.400\""));
        var runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            var run = await Host.WaitingAsync((await Host.StartRunAsync("expiring", "{}", ct)).Id, ct);
            var task = await TaskOfAsync(run.Id, ct);
            await Task.Delay(TimeSpan.FromMilliseconds(i * 50), ct);
            var (status, _) = await As("li", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);
            return (run.Id, Task: task, Status: status);
        }));

        foreach (var (run, task, status) in runs)
        {
            var ended = await Host.EndedAsync(run, ct);
            var state = (await As("li", $"tasks/{task}", null, ct)).Body.GetProperty("state").GetString();
            Assert.Equal(status == 200 ? ("decided", "li") : ("expired", null), (state, ended.Output.GetProperty("result").GetProperty("by").GetString()));
        }
    }

    [Fact]
    public async Task Task_ThatNobodyDecides_IsRemindedOfAndEscalates()
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new ShiftedClock();
        var folder = Directory.CreateTempSubdirectory("ib-people-");
        await using var host = await PeopleHost.StartAsync(folder, postgres, plugins, b => b.Services.AddSingleton<TimeProvider>(clock), ct);
        await host.PublishAsync(Definition("late", Role, Value("remindEvery", "TimeSpan", "\"1.00:00:00\""), Value("escalateAfter", "TimeSpan", "\"2.12:00:00\""), Value("escalateTo", "String", "\"chief\"")), ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("late", "{}", ct)).Id, ct);
        var task = await TaskOfAsync(host, run.Id, ct);
        Assert.Equal(403, (await PeopleHost.AsAsync(host, "chen", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct)).Status);

        clock.Advance(TimeSpan.FromDays(1.1));
        await host.UntilAsync("select count(*) from human_task_entry where kind = 'reminded'", 1, ct);
        clock.Advance(TimeSpan.FromDays(1.5));
        await host.UntilAsync("select count(*) from human_task_entry where kind = 'escalated'", 1, ct);
        var (_, decided) = await PeopleHost.AsAsync(host, "chen", $"tasks/{task}/decision", """{"outcome":"Approved"}""", ct);

        Assert.Equal("chief", decided.GetProperty("escalatedTo").GetString());
        Assert.Equal("chen", (await host.EndedAsync(run.Id, ct)).Output.GetProperty("result").GetProperty("by").GetString());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Task_WhereNobodyKeepsPersons_IsDecidedByWhoeverIsLetIn()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definition("open", Role), ct);
        var run = await host.WaitingAsync((await host.StartRunAsync("open", "{}", ct)).Id, ct);
        var task = await TaskOfAsync(host, run.Id, ct);

        var (status, _) = await host.PostAsync($"tasks/{task}/decision", """{"outcome":"Rejected"}""", ct);

        Assert.Equal(200, status);
        Assert.Equal("local", (await host.EndedAsync(run.Id, ct)).Output.GetProperty("result").GetProperty("by").GetString());
    }

    [Fact]
    public async Task Task_OfAnotherOrganizationOrUnknown_IsNotFound()
    {
        var ct = TestContext.Current.CancellationToken;
        var (run, _) = await AskAsync("foreign", ct, Role);
        foreach (var id in (string[])[$"{run}:no-such-step", "nonsense", $"{Guid.NewGuid()}:1"])
        {
            var (status, problem) = await As("li", $"tasks/{id}", null, ct);
            Assert.Equal((404, "IB3070"), (status, problem.GetProperty("code").GetString()));
        }
    }

    private static string Value(string name, string type, string literal) => $$$"""
        "{{{name}}}": {"typeName":"{{{type}}}","expression":{"type":"Literal","value":{{{literal}}}}}
        """;

    private static string Definition(string id, params string[] inputs) => Definitions.Sequence(
        id,
        $$$"""{ "type": "IndustryBrain.HumanTask", "id": "ask", "version": 1, "customProperties": {}, "metadata": {}, {{{string.Join(",", [Value("title", "String", $"\"Task {id}\""), .. inputs])}}} }""",
        Definitions.SetOutput("done", "({ data: getOutputFrom('ask', 'Result') || null, by: getOutputFrom('ask', 'DecidedBy') || null, votes: (getOutputFrom('ask', 'Decisions') || []).length })"));

    private Task PublishAsync(string id, CancellationToken ct, params string[] inputs) => Host.PublishAsync(Definition(id, inputs), ct);

    private async Task<(Guid Run, string Task)> AskAsync(string id, CancellationToken ct, params string[] inputs)
    {
        await PublishAsync(id, ct, inputs);
        var run = await Host.WaitingAsync((await Host.StartRunAsync(id, "{}", ct)).Id, ct);
        return (run.Id, await TaskOfAsync(run.Id, ct));
    }

    private Task<string> TaskOfAsync(Guid run, CancellationToken ct) => TaskOfAsync(Host, run, ct);

    private static async Task<string> TaskOfAsync(RuntimeHost host, Guid run, CancellationToken ct)
    {
        var (status, page) = await host.GetAsync($"tasks?runId={run}", ct);
        Assert.Equal(200, status);
        return Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()!;
    }

    private Task<(int Status, JsonElement Body)> As(string person, string path, string? json, CancellationToken ct) => PeopleHost.AsAsync(Host, person, path, json, ct);
}
