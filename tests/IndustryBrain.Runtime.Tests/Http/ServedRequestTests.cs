using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IndustryBrain.Testing;
using static IndustryBrain.Runtime.Tests.Http.HttpDefinitions;

namespace IndustryBrain.Runtime.Tests.Http;

public sealed class ServedRequestTests(SharedHost shared, PostgresFixture postgres, ProbePackage plugins) : IClassFixture<SharedHost>
{
    private RuntimeHost Host => shared.Host;

    [Theory]
    [InlineData("/workflows/demo/orders/7?note=a&note=b")]
    [InlineData("/workflows/orders/7?note=a&note=b")]
    [InlineData("/workflows/demo/ORDERS/7?note=a&note=b")]
    public async Task Request_ToAnEndpoint_StartsARunThatAnswersIt(string address)
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence(
            "orders",
            Endpoint("in", "orders/{orderId}"),
            Respond("out", "({ id: getLastResult().routeData.orderId, sum: getLastResult().content.sum, note: getLastResult().query.note, trace: getLastResult().headers['X-Trace'][0], secret: getLastResult().headers['Authorization'] ?? null })", $"\"statusCode\":{Literal("HttpStatusCode", "Created")},\"responseHeaders\":{Object("HttpHeaders", "{\"X-A\":[\"1\"],\"Set-Cookie\":\"a=b\"}")}")), ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = RuntimeHost.Json("""{"sum":3}""") };
        request.Headers.Add("X-Trace", "t1");
        request.Headers.Add("Authorization", "Basic c2VjcmV0");
        request.Headers.Add("X-Correlation-ID", "c7");

        using var answer = await Host.Client.SendAsync(request, ct);

        Assert.Equal("""{"id":"7","sum":3,"note":["a","b"],"trace":"t1","secret":null}""", await answer.Content.ReadAsStringAsync(ct));
        Assert.Equal((HttpStatusCode.Created, "application/json", "1", false), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.GetValues("X-A").Single(), answer.Headers.Contains("Set-Cookie")));
        var run = await Host.EndedAsync(RunOf(answer), ct);
        Assert.Equal(("Finished", "c7"), (run.SubStatus, run.CorrelationId));
        Assert.DoesNotContain("c2VjcmV0", JsonSerializer.Serialize(await Host.EventsAsync(run.Id, ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ToNothing_IsRefusedWithWhatThereIs()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("methods", Endpoint("in", "methods", "[\"PUT\",\"DELETE\"]"), Respond("out", "'ok'")), ct);

        using var wrong = await Host.Client.GetAsync(new Uri("/workflows/demo/methods", UriKind.Relative), ct);
        using var nothing = await Host.Client.GetAsync(new Uri("/workflows/demo/nothing", UriKind.Relative), ct);
        using var malformed = await Host.Client.PutAsync(new Uri("/workflows/demo/methods", UriKind.Relative), RuntimeHost.Json("{\"a\":"), ct);
        using var large = await Host.Client.PutAsync(new Uri("/workflows/demo/methods", UriKind.Relative), RuntimeHost.Json($"\"{new string('x', 1_100_000)}\""), ct);

        Assert.Equal((405, "IB3051", "DELETE, PUT"), (await RefusalAsync(wrong), string.Join(", ", wrong.Content.Headers.Allow)) is var ((status, code), allow) ? (status, code, allow) : default);
        Assert.Equal((404, "IB3050"), await RefusalAsync(nothing));
        Assert.Equal((400, "IB3004"), await RefusalAsync(malformed));
        Assert.Equal((413, "IB3055"), await RefusalAsync(large));
    }

    [Theory]
    [InlineData("IBS0070", "\"path\":{\"typeName\":\"String\",\"expression\":{\"type\":\"JavaScript\",\"value\":\"'a'\"}}", "")]
    [InlineData("IBS0071", "\"path\":\"a/{b\"", "")]
    [InlineData("IBS0071", "\"path\":\"a/{b:regex(x)}\"", "")]
    [InlineData("IBS0072", "\"path\":\"taken/{other}\"", "")]
    [InlineData("IBS0073", "\"path\":\"free\"", "\"authorize\":{\"typeName\":\"Boolean\",\"expression\":{\"type\":\"JavaScript\",\"value\":\"false\"}}")]
    [InlineData("IBS0074", "\"path\":\"free\"", "\"policy\":\"AdminsOnly\"")]
    public async Task Publish_EndpointThatCannotBeServed_IsRefused(string rule, string path, string more)
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("taken", Endpoint("in", "Taken/{name}", "[\"GET\",\"POST\"]"), Respond("out", "'ok'")), ct);
        var endpoint = $$"""{ "type": "Elsa.HttpEndpoint", "id": "in", "version": 1, "customProperties": { "canStartWorkflow": true }, "metadata": {}, {{path}}{{(more.Length == 0 ? "" : "," + more)}} }""";
        await Host.PostAsync("scenarios/import", Definitions.Sequence("refused", endpoint), ct);

        var (status, body) = await Host.PostAsync("scenarios/refused/publish", null, ct);

        Assert.Equal((422, "IB3003"), (status, body.GetProperty("code").GetString()));
        var finding = Assert.Single(body.GetProperty("findings").EnumerateArray(), f => f.GetProperty("severity").GetString() == "error");
        Assert.Equal(rule, finding.GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Request_WithTheSameKey_StartsOneRunAndIsAnsweredAlike()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("once", Endpoint("in", "once"), Respond("out", "'run ' + getWorkflowInstanceId()")), ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => KeyedAsync("k1")));
        var again = await KeyedAsync("k1");
        var other = await KeyedAsync("k2");

        Assert.Single(answers.Append(again).Distinct());
        Assert.Equal("run " + again.Run, again.Text);
        Assert.NotEqual(again.Run, other.Run);
        Assert.Equal(2, await Host.CountAsync("select count(*) from run where definition_id = 'once'", ct));

        async Task<(Guid Run, string Text)> KeyedAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/workflows/demo/once");
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await Host.Client.SendAsync(request, ct);
            return (RunOf(answer), await answer.Content.ReadAsStringAsync(ct));
        }
    }

    [Fact]
    public async Task Request_WithFiles_GivesThemToTheRunAndGetsThemBack()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence(
            "files",
            Endpoint("in", "files", more: $"\"allowedFileExtensions\":{Object("String[]", "[\".csv\"]")},\"allowedMimeTypes\":{Object("String[]", "[\"text/csv\"]")},\"fileSizeLimit\":{{\"typeName\":\"Int64\",\"expression\":{{\"type\":\"Literal\",\"value\":1000}}}}"),
            RespondFile("out", "getLastResult().files")), ct);

        using var one = await SendAsync("prices.csv", "text/csv", "a,b");
        using var two = await SendAsync("prices.csv", "text/csv", "a,b", "c,d");
        using var extension = await SendAsync("prices.exe", "text/csv", "a,b");
        using var type = await SendAsync("prices.csv", "text/html", "a,b");
        using var large = await SendAsync("prices.csv", "text/csv", new string('x', 2000));
        using var none = await SendAsync("", "");

        Assert.Equal((HttpStatusCode.OK, "a,b", "prices.csv"), (one.StatusCode, await one.Content.ReadAsStringAsync(ct), one.Content.Headers.ContentDisposition?.FileName));
        await using var archive = await ZipArchive.CreateAsync(await two.Content.ReadAsStreamAsync(ct), ZipArchiveMode.Read, false, null, ct);
        Assert.Equal(2, archive.Entries.Count);
        Assert.Equal((415, "IB3056"), await RefusalAsync(extension));
        Assert.Equal((415, "IB3056"), await RefusalAsync(type));
        Assert.Equal((413, "IB3055"), await RefusalAsync(large));
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);

        async Task<HttpResponseMessage> SendAsync(string name, string media, params string[] contents)
        {
            using var form = new MultipartFormDataContent { { new StringContent("v"), "field" } };
            foreach (var text in contents)
                form.Add(new StringContent(text, Encoding.UTF8, media) { Headers = { ContentType = new MediaTypeHeaderValue(media) } }, "file", name);
            return await Host.Client.PostAsync(new Uri("/workflows/demo/files", UriKind.Relative), form, ct);
        }
    }

    [Fact]
    public async Task Request_TooLargeWhereTheEndpointExposesIt_GoesOnWithItsOutcome()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence(
            "exposes",
            Endpoint("in", "exposes", more: "\"requestSizeLimit\":{\"typeName\":\"Int64\",\"expression\":{\"type\":\"Literal\",\"value\":10}},\"exposeRequestTooLargeOutcome\":true"),
            Respond("out", "getLastResult().outcome ?? 'fine'")), ct);

        using var small = await Host.Client.PostAsync(new Uri("/workflows/demo/exposes", UriKind.Relative), RuntimeHost.Json("1"), ct);
        using var large = await Host.Client.PostAsync(new Uri("/workflows/demo/exposes", UriKind.Relative), RuntimeHost.Json("12345678901"), ct);

        Assert.Equal(("fine", "Request too large"), (await small.Content.ReadAsStringAsync(ct), await large.Content.ReadAsStringAsync(ct)));
    }

    [Fact]
    public async Task Request_WithoutAnAnswer_SaysWhereTheRunIs()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("silent", Endpoint("in", "silent"), Definitions.Line("a", "a")), ct);
        await Host.PublishAsync(Definitions.Sequence("faults", Endpoint("in", "faults"), Respond("out", "missing.member")), ct);

        using var silent = await Host.Client.PostAsync(new Uri("/workflows/demo/silent", UriKind.Relative), null, ct);
        using var faults = await Host.Client.PostAsync(new Uri("/workflows/demo/faults", UriKind.Relative), null, ct);

        Assert.Equal((HttpStatusCode.OK, $"/api/v1/runs/{RunOf(silent)}", ""), (silent.StatusCode, silent.Headers.Location?.OriginalString, await silent.Content.ReadAsStringAsync(ct)));
        var problem = JsonElement.Parse(await faults.Content.ReadAsStringAsync(ct));
        Assert.Equal((500, "IB3053", RunOf(faults)), ((int)faults.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("runId").GetGuid()));
        Assert.DoesNotContain("missing", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ThatWaitsTooLong_IsAcceptedAndTheRunGoesOn()
    {
        var ct = TestContext.Current.CancellationToken;
        var gate = Gate.Close("http-slow");
        var probe = Definitions.Probe("calc", "effect").Replace("getInput('gate')", "'http-slow'", StringComparison.Ordinal).Replace("getInput('value')", "1", StringComparison.Ordinal);
        await Host.PublishAsync(Definitions.Sequence("slow", Endpoint("in", "slow", more: $"\"requestTimeout\":{Literal("TimeSpan", "00:00:00.300")}"), probe, Respond("out", "'late'")), ct);

        using var answer = await Host.Client.PostAsync(new Uri("/workflows/demo/slow", UriKind.Relative), null, ct);
        var id = RunOf(answer);
        gate.SetResult();
        var run = await Host.EndedAsync(id, ct);

        Assert.Equal((HttpStatusCode.Accepted, $"/api/v1/runs/{id}"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal("Finished", run.SubStatus);
    }

    [Fact]
    public async Task Request_AnsweredBeforeTheRunIsDone_DoesNotWaitForIt()
    {
        var ct = TestContext.Current.CancellationToken;
        var gate = Gate.Close("http-after");
        var probe = Definitions.Probe("calc", "double").Replace("getInput('gate')", "'http-after'", StringComparison.Ordinal).Replace("getInput('value')", "1", StringComparison.Ordinal);
        await Host.PublishAsync(Definitions.Sequence("after", Endpoint("in", "after"), Respond("out", "'soon'"), probe), ct);

        using var answer = await Host.Client.PostAsync(new Uri("/workflows/demo/after", UriKind.Relative), null, ct);
        gate.SetResult();

        Assert.Equal("soon", await answer.Content.ReadAsStringAsync(ct));
        Assert.Equal("Finished", (await Host.EndedAsync(RunOf(answer), ct)).SubStatus);
    }

    [Fact]
    public async Task Request_ThatARunWaitsFor_ResumesItAndIsAnswered()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence(
            "approval",
            Endpoint("in", "requests"),
            HttpDefinitions.Correlate("key", "getLastResult().content.order"),
            Respond("first", "'asked'"),
            Await("wait", "approvals/{Decision}"),
            Respond("second", "getLastResult().routeData.Decision + ' ' + getCorrelationId()")), ct);
        var runs = new List<Guid>();
        foreach (var order in new[] { "o1", "o2" })
        {
            using var asked = await Host.Client.PostAsync(new Uri("/workflows/demo/requests", UriKind.Relative), RuntimeHost.Json($$"""{"order":"{{order}}"}"""), ct);
            Assert.Equal("asked", await asked.Content.ReadAsStringAsync(ct));
            runs.Add((await Host.WaitingAsync(RunOf(asked), ct)).Id);
        }

        using var both = await Host.Client.PostAsync(new Uri("/workflows/demo/approvals/yes", UriKind.Relative), null, ct);
        using var get = await Host.Client.GetAsync(new Uri("/workflows/demo/approvals/yes", UriKind.Relative), ct);
        using var correlated = await SendAsync("yes?correlationId=o2");
        using var named = await SendAsync("no", ("X-Workflow-Instance-ID", runs[0].ToString()));
        using var again = await SendAsync("no", ("X-Workflow-Instance-ID", runs[0].ToString()));

        Assert.Equal((409, "IB3052"), await RefusalAsync(both));
        Assert.Equal((405, "IB3051"), await RefusalAsync(get));
        Assert.Equal(("yes o2", "no o1"), (await correlated.Content.ReadAsStringAsync(ct), await named.Content.ReadAsStringAsync(ct)));
        Assert.Equal((404, "IB3050"), await RefusalAsync(again));
        Assert.Equal("Finished", (await Host.EndedAsync(runs[0], ct)).SubStatus);

        Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/workflows/demo/approvals/" + path);
            foreach (var (name, value) in headers)
                request.Headers.Add(name, value);
            return Host.Client.SendAsync(request, ct);
        }
    }

    [Fact]
    public async Task Request_OfSeveralAtOnceThatARunWaitsFor_HasItsEffectOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence("decides", Endpoint("in", "decides"), Respond("first", "'asked'"), Await("wait", "decisions"), Respond("second", "getLastResult().content")), ct);
        using var asked = await Host.Client.PostAsync(new Uri("/workflows/demo/decides", UriKind.Relative), null, ct);
        await Host.WaitingAsync(RunOf(asked), ct);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            using var answer = await Host.Client.PostAsync(new Uri("/workflows/demo/decisions", UriKind.Relative), RuntimeHost.Json($"\"{i}\""), ct);
            return (Sent: $"{i}", Answer: await RefusalAsync(answer));
        }));

        var (sent, taken) = Assert.Single(answers, a => a.Answer.Status == 200);
        Assert.Equal(sent, taken.Code);
        Assert.All(answers.Where(a => a.Answer.Status != 200), a => Assert.Contains(a.Answer, new (int, string?)[] { (409, "IB3059"), (404, "IB3050") }));
    }

    [Fact]
    public async Task Request_WithTheSameKeyThatARunWaitsFor_IsAnsweredAlike()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.PublishAsync(Definitions.Sequence(
            "confirms", Endpoint("in", "confirms"), Respond("first", "'asked'"), Await("one", "confirmations"), Respond("second", "'one ' + getLastResult().content"), Await("two", "confirmations"), Respond("third", "'two ' + getLastResult().content")), ct);
        using var asked = await Host.Client.PostAsync(new Uri("/workflows/demo/confirms", UriKind.Relative), null, ct);
        await Host.WaitingAsync(RunOf(asked), ct);

        var together = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => KeyedAsync("k1", "1")));
        await Host.SeenAsync(RunOf(asked), r => r.IsWaiting && r.Steps.Any(s => s.NodeId.EndsWith("two", StringComparison.Ordinal)), ct);
        var between = await KeyedAsync("k1", "1");
        var next = await KeyedAsync("k2", "2");
        await Host.EndedAsync(RunOf(asked), ct);
        (int, string)[] after = [await KeyedAsync("k1", "1"), await KeyedAsync("k2", "2"), await KeyedAsync("k3", "3")];

        Assert.All(together.Append(between), a => Assert.Equal((200, "one 1"), a));
        Assert.Equal((200, "two 2"), next);
        Assert.Equal([(200, "one 1"), (200, "two 2")], after[..2]);
        Assert.Equal(404, after[2].Item1);

        async Task<(int Status, string Text)> KeyedAsync(string key, string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/workflows/demo/confirmations") { Content = RuntimeHost.Json(body) };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await Host.Client.SendAsync(request, ct);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
        }
    }

    [Fact]
    public async Task Request_ToAnEndpointThatAuthorizes_NeedsAKnownCaller()
    {
        const string key = "0123456789abcdef0123456789abcdef";
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("IB_BOOTSTRAP_API_KEY", key));
        host.Client.DefaultRequestHeaders.Add("X-Api-Key", key);
        await host.PublishAsync(Definitions.Sequence("closed", Endpoint("in", "closed", more: $"\"authorize\":{Yes}"), Respond("out", "'in'")), ct);
        await host.PublishAsync(Definitions.Sequence("open", Endpoint("in", "open"), Respond("out", "'in'"), Await("wait", "later", more: $"\"authorize\":{Yes}"), Respond("end", "'done'")), ct);

        using var known = await host.Client.PostAsync(new Uri("/workflows/closed", UriKind.Relative), null, ct);
        host.Client.DefaultRequestHeaders.Remove("X-Api-Key");
        using var unknown = await host.Client.PostAsync(new Uri("/workflows/closed", UriKind.Relative), null, ct);
        using var open = await host.Client.PostAsync(new Uri("/workflows/open", UriKind.Relative), null, ct);
        await host.WaitingAsync(RunOf(open), ct);
        using var later = await host.Client.PostAsync(new Uri("/workflows/later", UriKind.Relative), null, ct);
        host.Client.DefaultRequestHeaders.Add("X-Api-Key", "wrong");
        using var wrong = await host.Client.PostAsync(new Uri("/workflows/closed", UriKind.Relative), null, ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (known.StatusCode, open.StatusCode));
        Assert.Equal((401, "IB4001"), await RefusalAsync(unknown));
        Assert.Equal((401, "IB4001"), await RefusalAsync(later));
        Assert.Equal((401, "IB4002"), await RefusalAsync(wrong));
        Assert.Equal(2, await host.CountAsync("select count(*) from run", ct));
    }

    [Fact]
    public async Task Request_AboveTheLimitOfStarts_IsAnsweredWithWhenToTryAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Limits:StartsPerMinute", "2"));
        await host.PublishAsync(Definitions.Sequence("limited", Endpoint("in", "limited"), Respond("out", "'ok'")), ct);
        for (var i = 0; i < 2; i++)
        {
            using var taken = await host.Client.PostAsync(new Uri("/workflows/limited", UriKind.Relative), null, ct);
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        using var refused = await host.Client.PostAsync(new Uri("/workflows/limited", UriKind.Relative), null, ct);

        Assert.Equal((429, "IB0924"), await RefusalAsync(refused));
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Request_AnsweredWithMuch_IsAnsweredAlikeFromTheRecord()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct, ("Runs:InlineBytes", "2048"));
        await host.PublishAsync(Definitions.Sequence("text", Endpoint("in", "text"), Respond("out", "'x'.repeat(10000)", $"\"contentType\":{Literal("String", "text/html")}")), ct);
        await host.PublishAsync(Definitions.Sequence("file", Endpoint("in", "file"), RespondFile("out", "'QUJD'.repeat(2000)", $"\"filename\":{Literal("String", "abc.bin")},\"entityTag\":{Literal("String", "v1")}")), ct);

        foreach (var (path, expected) in new[] { ("text", new string('x', 10000)), ("file", string.Concat(Enumerable.Repeat("ABC", 2000))) })
        {
            for (var i = 0; i < 2; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/workflows/" + path);
                request.Headers.Add("Idempotency-Key", "k");
                using var answer = await host.Client.SendAsync(request, ct);
                Assert.Equal(expected, await answer.Content.ReadAsStringAsync(ct));
                Assert.StartsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Request_ToAnotherNode_IsServedAndRepeatedThere()
    {
        var ct = TestContext.Current.CancellationToken;
        var connection = await postgres.CreateDatabaseAsync(plugins, ct);
        await using var one = await RuntimeHost.StartAsync(connection, plugins, ct);
        await using var two = await RuntimeHost.StartAsync(connection, plugins, ct);
        using (var nothing = await PostAsync(two, "none"))
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        await one.PublishAsync(Definitions.Sequence("shared", Endpoint("in", "shared"), Respond("out", "({ run: getWorkflowInstanceId() })"), Await("wait", "go-on"), Respond("end", "'went on'")), ct);

        using var first = await UntilServedAsync(two);
        await one.WaitingAsync(RunOf(first), ct);
        using var repeated = await PostAsync(one, "shared");
        using var resumed = await PostAsync(one, "go-on");

        Assert.Equal((RunOf(first), await first.Content.ReadAsStringAsync(ct)), (RunOf(repeated), await repeated.Content.ReadAsStringAsync(ct)));
        Assert.Equal("went on", await resumed.Content.ReadAsStringAsync(ct));

        async Task<HttpResponseMessage> PostAsync(RuntimeHost host, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/workflows/" + path);
            request.Headers.Add("Idempotency-Key", "k");
            return await host.Client.SendAsync(request, ct);
        }

        // News of the publishing travels between the nodes.
        async Task<HttpResponseMessage> UntilServedAsync(RuntimeHost host)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (true)
            {
                var answer = await PostAsync(host, "shared");
                if (answer.StatusCode != HttpStatusCode.NotFound)
                    return answer;
                answer.Dispose();
                await tick.WaitForNextTickAsync(ct);
            }
        }
    }

    private static Guid RunOf(HttpResponseMessage answer) => Guid.Parse(answer.Headers.GetValues("X-Workflow-Instance-ID").Single());

    private static async Task<(int Status, string? Code)> RefusalAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.StartsWith('{') && JsonElement.Parse(text).TryGetProperty("code", out var code) ? code.GetString() : text);
    }
}
