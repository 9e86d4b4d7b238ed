using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests;

public sealed class RunApiTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private const string ValueSchema = """{"type":"object","required":["value"],"additionalProperties":false,"properties":{"value":{"type":"number","minimum":0},"gate":{"type":"string"},"file":{"type":"object","format":"file","properties":{"file":{"type":"string"}}}}}""";
    private const string FileSchema = """{"type":"object","required":["file"],"properties":{"file":{"type":"object","format":"file","properties":{"file":{"type":"string"}}}}}""";

    [Fact]
    public async Task Start_WithTheSameKey_GetsTheSameRun()
    {
        var ct = TestContext.Current.CancellationToken;
        await shared.Host.PublishAsync(Definitions.Sequence("keyed", Definitions.Line("a", "x")), ct);

        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => StartAsync("k")));
        var other = await StartAsync("l");

        Assert.Single(ids.Distinct());
        Assert.NotEqual(ids[0], other);

        async Task<Guid> StartAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/scenarios/keyed/runs?wait=30") { Content = RuntimeHost.Json("""{"input":{}}""") };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await shared.Host.Client.SendAsync(request, ct);
            return System.Text.Json.JsonElement.Parse(await answer.Content.ReadAsStringAsync(ct)).GetProperty("id").GetGuid();
        }
    }

    [Fact]
    public async Task StartRun_WithWait_AnswersTheFinishedRunWithItsSteps()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("double", Definitions.Line("hello", "hello"), Definitions.Probe("calc", "double"), Definitions.Output("out", "calc")), ct);

        var (status, run) = await host.PostAsync("scenarios/double/runs?wait=30", """{"input":{"value":21}}""", ct);

        Assert.Equal(200, status);
        Assert.Equal("Finished", run.GetProperty("subStatus").GetString());
        Assert.Equal(42, run.GetProperty("output").GetProperty("result").GetDouble());
        Assert.Equal("hello", run.GetProperty("lines")[0].GetString());
        var calc = run.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("nodeId").GetString()!.EndsWith("calc", StringComparison.Ordinal));
        Assert.Equal(("done", "tool", 42d), (calc.GetProperty("state").GetString(), calc.GetProperty("kind").GetString(), calc.GetProperty("output").GetProperty("value").GetDouble()));
        var (_, again) = await host.GetAsync("runs/" + run.GetProperty("id").GetString(), ct);
        Assert.Equal(run.GetProperty("steps").GetRawText(), again.GetProperty("steps").GetRawText());
        var (_, list) = await host.GetAsync("runs?definitionId=double&subStatus=Finished", ct);
        Assert.Equal(1, list.GetProperty("total").GetInt32());
        Assert.Equal(1, await CountAsync("tEST"));
        Assert.Equal(0, await CountAsync("triple"));

        async Task<int> CountAsync(string text) => (await host.GetAsync("runs?text=" + text, ct)).Item2.GetProperty("total").GetInt32();
    }

    [Fact]
    public async Task StartRun_WithoutWait_AnswersAcceptedWithTheAddress()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("waits", Definitions.Event("event", "go")), ct);
        using var body = RuntimeHost.Json("{}");

        using var answer = await host.Client.PostAsync(new Uri("/api/v1/scenarios/waits/runs", UriKind.Relative), body, ct);
        var (status, waiting) = await host.PostAsync("scenarios/waits/runs?wait=30", "{}", ct);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.StartsWith("/api/v1/runs/", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal((200, "Suspended"), (status, waiting.GetProperty("subStatus").GetString()));
        var (cancelStatus, cancelled) = await host.PostAsync($"runs/{waiting.GetProperty("id").GetString()}/cancel", null, ct);
        Assert.Equal((200, "Cancelled"), (cancelStatus, cancelled.GetProperty("subStatus").GetString()));
    }

    [Theory]
    [InlineData("scenarios/none/runs", "{}", 404, "IB3001")]
    [InlineData("scenarios/value/runs", "{\"input\":{}}", 422, "IB7101")]
    [InlineData("scenarios/value/runs", "{\"input\":{\"value\":\"x\"}}", 422, "IB7102")]
    [InlineData("scenarios/value/runs", "{\"input\":{\"value\":-1}}", 422, "IB7105")]
    [InlineData("scenarios/value/runs", "{\"input\":{\"value\":1,\"more\":2}}", 400, "IB2021")]
    [InlineData("scenarios/value/runs", "{\"input\":{\"value\":1,\"file\":{\"file\":\"nothing\"}}}", 422, "IB3017")]
    [InlineData("scenarios/value/runs", "{\"input\":{\"value\":1},\"organization\":\"other\"}", 400, "IB3010")]
    [InlineData("scenarios/value/runs", "{\"input\":{\"value\":1},\"input\":{}}", 400, "IB3009")]
    [InlineData("scenarios/value/runs", "{\"input\":{\"value\":1,\"value\":2}}", 400, "IB3009")]
    [InlineData("scenarios/value/runs", "{\"input\":", 400, "IB3004")]
    [InlineData("scenarios/value/runs", "[1]", 400, "IB3004")]
    [InlineData("scenarios/value/runs?wait=soon", "{}", 400, "IB3009")]
    [InlineData("scenarios/import", "{\"root\":", 422, "IB3003")]
    [InlineData("components/none.such/calls", "{}", 404, "IB3012")]
    [InlineData("components/probe.double/calls", "{\"input\":{\"value\":-1}}", 422, "IB7105")]
    [InlineData("scenarios/none/publish", "", 404, "IB3001")]
    [InlineData("runs/none/cancel", "", 404, "IB3005")]
    public async Task Post_WhatDoesNotFit_IsRefusedWithItsCode(string path, string body, int expectedStatus, string code)
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Document("value", ValueSchema, Definitions.Probe("calc", "double")), ct);

        var (status, problem) = await host.PostAsync(path, body, ct);

        Assert.Equal((expectedStatus, code), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Post_OtherContentTypeOrTooLarge_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:InlineBytes", "2048"), ("Files:MaxBytes", "10"));
        await host.PublishAsync(Definitions.Sequence("any", Definitions.Line("a", "a")), ct);
        using var text = new StringContent("{}", Encoding.UTF8, "application/xml");
        using var large = new ByteArrayContent(new byte[11]);

        using var wrong = await host.Client.PostAsync(new Uri("/api/v1/scenarios/any/runs", UriKind.Relative), text, ct);
        var (status, problem) = await host.PostAsync("scenarios/any/runs", $$$"""{"input":{"x":"{{{new string('x', 5000)}}}"} }""", ct);
        using var file = await host.Client.PostAsync(new Uri("/api/v1/files?name=x.bin", UriKind.Relative), large, ct);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, wrong.StatusCode);
        Assert.Equal((413, "IB3008"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, file.StatusCode);
    }

    [Fact]
    public async Task Files_RawAndMultipart_ReachTheComponentAndComeBack()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Document("reader", FileSchema, Definitions.ReadFile("read"), Definitions.Output("out", "read")), ct);
        using var raw = new ByteArrayContent("铜价"u8.ToArray());
        using var form = new MultipartFormDataContent();
        using var part = new ByteArrayContent("锌价"u8.ToArray());
        form.Add(part, "file", "价格.csv");

        using var first = await host.Client.PostAsync(new Uri("/api/v1/files?name=a.csv", UriKind.Relative), raw, ct);
        using var second = await host.Client.PostAsync(new Uri("/api/v1/files", UriKind.Relative), form, ct);
        var stored = JsonElement.Parse(await first.Content.ReadAsStringAsync(ct));
        var named = JsonElement.Parse(await second.Content.ReadAsStringAsync(ct));
        var (_, run) = await host.PostAsync("scenarios/reader/runs?wait=30", $$$"""{"input":{"file":{"file":"{{{stored.GetProperty("id").GetString()}}}"} } }""", ct);
        using var download = await host.Client.GetAsync(new Uri($"/api/v1/files/{named.GetProperty("id").GetString()}", UriKind.Relative), ct);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(("价格.csv", 6), (named.GetProperty("name").GetString(), named.GetProperty("size").GetInt64()));
        Assert.Equal("铜价", run.GetProperty("output").GetProperty("result").GetString());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("锌价", await download.Content.ReadAsStringAsync(ct));
    }

    [Fact]
    public async Task Events_ServerSent_EndWithTheEndAndAreNotRepeated()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        var gate = Gate.Close("events");
        await host.PublishAsync(Definitions.Sequence("events", Definitions.Probe("calc", "double")), ct);
        var run = await host.StartRunAsync("events", """{"value":1,"gate":"events"}""", ct);
        await Gate.ArrivedAsync("events", ct);
        var seen = new List<(string? Id, JsonElement Run)>();

        await using (var stream = await host.Client.GetStreamAsync(new Uri($"/api/v1/runs/{run.Id}/events", UriKind.Relative), ct))
        {
            await foreach (var item in SseParser.Create(stream, (_, data) => JsonElement.Parse(data)).EnumerateAsync(ct))
            {
                seen.Add((item.EventId, item.Data));
                gate.TrySetResult();
            }
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/runs/{run.Id}/events", UriKind.Relative));
        request.Headers.Add("Last-Event-ID", seen[^1].Id);
        using var again = await host.Client.SendAsync(request, ct);

        Assert.True(seen.Count >= 2);
        var calc = seen[0].Run.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("kind").GetString() == "tool");
        Assert.Equal(("running", 0.5), (calc.GetProperty("state").GetString(), calc.GetProperty("progress").GetDouble()));
        Assert.Equal("Finished", seen[^1].Run.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Export_AfterImportAndPublish_GivesTheSameBytes()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        var document = Definitions.Sequence("export", Definitions.Line("a", "a"));
        await host.PublishAsync(document, ct);
        await host.PublishAsync(document.Replace("\"a\" } }", "\"b\" } }", StringComparison.Ordinal), ct);

        var exported = await host.Client.GetStringAsync(new Uri("/api/v1/scenarios/export/export", UriKind.Relative), ct);
        var (_, list) = await host.GetAsync("scenarios", ct);

        Assert.Equal(document.Replace("\"a\" } }", "\"b\" } }", StringComparison.Ordinal), exported);
        Assert.Equal(2, list[0].GetProperty("publishedVersion").GetInt32());
    }

    [Fact]
    public async Task Import_DraftOfAPublishedScenario_LeavesTheListAsPublished()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("kept", Definitions.Line("a", "1")).Replace("\"inputSchema\"", "\"level\": \"insight\", \"clusters\": [\"c-1\"], \"inputSchema\"", StringComparison.Ordinal), ct);

        var (_, draft) = await host.PostAsync("scenarios/import", """{"definitionId":"kept","name":"Other","root":{"type":"Nope"}}""", ct);
        var listed = await ListedAsync();

        Assert.Equal(("Other", 2, 1), (draft.GetProperty("name").GetProperty("en").GetString(), draft.GetProperty("version").GetInt32(), draft.GetProperty("publishedVersion").GetInt32()));
        Assert.Equal(("Test", "Test", "insight", 1), (Text(listed, "name"), Text(listed, "summary"), listed.GetProperty("level").GetString(), listed.GetProperty("clusters").GetArrayLength()));
        Assert.Equal((2, 1), (listed.GetProperty("version").GetInt32(), listed.GetProperty("publishedVersion").GetInt32()));
        Assert.NotEmpty(listed.GetProperty("findings").EnumerateArray());

        await host.PublishAsync(Definitions.Sequence("kept", Definitions.Line("a", "2")).Replace("\"en\": \"Test\"", "\"en\": \"Renamed\"", StringComparison.Ordinal), ct);

        Assert.Equal("Renamed", Text(await ListedAsync(), "name"));

        async Task<JsonElement> ListedAsync() => (await host.GetAsync("scenarios", ct)).Body.EnumerateArray().Single(s => s.GetProperty("definitionId").GetString() == "kept");

        static string? Text(JsonElement scenario, string member) => scenario.GetProperty(member).GetProperty("en").GetString();
    }

    [Fact]
    public async Task Publish_DefinitionWithErrors_IsRefusedWithFindings()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        var (imported, _) = await host.PostAsync("scenarios/import", Definitions.Sequence("bad", Definitions.Probe("calc", "nothing")), ct);

        var (status, problem) = await host.PostAsync("scenarios/bad/publish", null, ct);
        var (run, notPublished) = await host.PostAsync("scenarios/bad/runs", "{}", ct);

        Assert.Equal(200, imported);
        Assert.Equal((422, "IB3003"), (status, problem.GetProperty("code").GetString()));
        Assert.NotEmpty(problem.GetProperty("findings").EnumerateArray());
        Assert.Equal((409, "IB3002"), (run, notPublished.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_LargeStepOutput_IsRecordedAsAReference()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:InlineBytes", "2048"));
        await host.PublishAsync(Definitions.Sequence("large", Definitions.Probe("big", "large")), ct);
        var ended = await host.EndedAsync((await host.StartRunAsync("large", """{"value":5000}""", ct)).Id, ct);

        var recorded = await host.GetAsync("runs/" + ended.Id, ct);

        var value = recorded.Body.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("kind").GetString() == "tool").GetProperty("output").GetProperty("value");
        var blob = await host.Client.GetStringAsync(new Uri("/api/v1/files/" + value.GetProperty("file").GetString(), UriKind.Relative), ct);
        Assert.Equal($"\"{new string('x', 5000)}\"", blob);
        var whole = await host.Runs.WholeAsync(RuntimeHost.Person, ended.Steps.Single(s => s.Kind == "tool").Output!.Value, ct);
        Assert.Equal(new string('x', 5000), whole.GetProperty("value").GetString());
        var foreign = await host.Runs.WholeAsync(RuntimeHost.Person with { Organization = "other" }, ended.Steps.Single(s => s.Kind == "tool").Output!.Value, ct);
        Assert.Equal(JsonValueKind.Object, foreign.GetProperty("value").ValueKind);
    }

    [Fact]
    public async Task AnotherOrganization_SeesNothing()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;
        await host.PublishAsync(Definitions.Sequence("mine", Definitions.Line("a", "a")), ct);
        var run = await host.StartRunAsync("mine", "{}", ct);
        await host.EndedAsync(run.Id, ct);
        var other = RuntimeHost.Person with { Organization = "other" };

        Assert.Empty(await host.Library.ListAsync(other, ct));
        Assert.Equal("IB3001", (await host.Library.FindAsync(other, "mine", ct)).Failure?.Code);
        Assert.Equal("IB3001", (await host.Library.ExportAsync(other, "mine", ct)).Failure?.Code);
        Assert.Equal("IB3001", (await host.Library.PublishAsync(other, "mine", ct)).Failure?.Code);
        Assert.Equal("IB3001", (await host.Runs.StartAsync(other, "mine", JsonElement.Parse("{}"), ct)).Failure?.Code);
        Assert.Equal("IB3005", (await host.Runs.GetAsync(other, run.Id, ct)).Failure?.Code);
        Assert.Equal("IB3005", (await host.Runs.CancelAsync(other, run.Id, ct)).Failure?.Code);
        Assert.Equal(0, (await host.Runs.ListAsync(other, new RunFilter(), ct)).Total);
        Assert.Empty(await host.Runs.WatchAsync(other, run.Id, ct).ToListAsync(ct));
    }

    [Fact]
    public async Task EachChange_LeavesOneAuditRecord()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("audited", Definitions.Event("event", "go")), ct);
        var run = await host.StartRunAsync("audited", "{}", ct);
        await host.Runs.CancelAsync(RuntimeHost.Person, run.Id, ct);

        var trail = await host.Services.GetRequiredService<AuditTrail>().ReadAsync(RuntimeHost.Organization, 100, ct);

        var actions = trail.Select(r => r.GetProperty("action").GetString()).ToList();
        foreach (var action in new[] { "scenario.import", "scenario.publish", "run.start", "run.cancel", "plugin.install" })
            Assert.Single(actions, action);
    }

    [Fact]
    public async Task Components_ListedAndCalled_AnswerWithTheirOutput()
    {
        var ct = TestContext.Current.CancellationToken;
        var host = shared.Host;

        var (_, list) = await host.GetAsync("components", ct);
        var (status, answer) = await host.PostAsync("components/probe.double/calls", """{"input":{"value":4}}""", ct);

        Assert.Contains(list.EnumerateArray(), c => c.GetProperty("id").GetString() == "probe.double" && c.GetProperty("plugin").GetProperty("id").GetString() == "IndustryBrain.Probe");
        Assert.Equal((200, 8d), (status, answer.GetProperty("output").GetProperty("value").GetDouble()));
    }
}
