using System.Text;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class HttpTests
{
    private static readonly string Endpoint = Node("HttpEndpoint", "http", $"\"path\":{Literal("Orders/{{id}}")},\"supportedMethods\":{Wrap("List<String>", "Object", "[\"POST\"]")},{Output("routeData", "route")}");

    [Fact]
    public async Task Endpoint_Started_GivesTheRequestAndIsAnswered()
    {
        var root = Sequence(
            Endpoint,
            Node("WriteHttpResponse", "r", $"\"statusCode\":{Literal("201", "HttpStatusCode")},\"content\":{Js("({id: variables.route.id, sum: getLastResult().content.sum})", "Object")},\"responseHeaders\":{Wrap("HttpHeaders", "Object", "{\"X-A\":[\"1\"]}")}"));
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(root, $"\"variables\":[{Variable("route", "JSON")}]"))).Definition!;
        var run = ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default)
        {
            TriggerActivityId = "http",
            TriggerPayload = ScenarioRun.Json("""{"method":"POST","routeData":{"id":"7"},"content":{"sum":3}}"""),
        });

        await run.ContinueAsync(TestContext.Current.CancellationToken);

        var response = Assert.Single(run.TakeEvents().OfType<ResponseWritten>());
        Assert.Equal((201, "application/json", """{"id":"7","sum":3}""", """{"X-A":["1"]}"""), (response.StatusCode, response.ContentType, response.Content.ToString(), response.Headers.ToString()));
        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
    }

    [Fact]
    public async Task Endpoint_InTheMiddle_WaitsForItsPathAndMethods()
    {
        var run = await new ScenarioRun { ResumesAll = false }.RunAsync(Definition(Sequence(Endpoint, Node("WriteHttpResponse", "r", "\"content\":" + Literal("hi", "Object")))));

        Assert.Equal("""{"path":"orders/{{id}}","methods":["post"]}""", Assert.Single(run.Bookmarks).Payload.ToString());
        run.Resume(run.Bookmarks[0].Id, ScenarioRun.Json("""{"method":"POST"}"""));
        await run.ContinueAsync(TestContext.Current.CancellationToken);
        Assert.Equal((200, "text/plain"), run.TakeEvents().OfType<ResponseWritten>().Select(r => (r.StatusCode, r.ContentType)).Single());
    }

    [Fact]
    public async Task WriteResponse_WithoutRequest_Faults()
    {
        var run = await new ScenarioRun().RunAsync(Definition(Sequence(Node("WriteHttpResponse", "r"), Write("n", "never"))));

        Assert.Equal(("IB2123", 0), (Assert.Single(run.Incidents).Failure.Code, run.Lines.Count));
    }

    [Theory]
    [InlineData("""{"statusCode":200,"content":"{\"a\":5}"}""", null, "ok 5 done", "matched done")]
    [InlineData("""{"statusCode":404,"content":"gone"}""", null, "unmatched done", "unmatched done")]
    [InlineData(null, HttpCall.FailedToConnect, "refused done", "refused")]
    [InlineData(null, HttpCall.TimedOut, "late done", "late")]
    [InlineData(null, "IB1234", "", "")]
    public async Task SendRequest_Answered_GoesOnWhereTheAnswerSays(string? response, string? failure, string embedded, string flow)
    {
        var answer = new JsonAnswer(response, failure);
        var request = $"\"url\":{Literal("https://example.org/a")},\"method\":{Literal("POST")},\"content\":{Wrap("Object", "JavaScript", "({q: 1})")},\"contentType\":{Literal("application/json")},\"requestHeaders\":{Wrap("HttpHeaders", "Object", "{\"A\":\"b\"}")}";
        var sequence = Sequence(
            Node("SendHttpRequest", "h", $$"""
                {{request}},{{Output("parsedContent", "body")}},"expectedStatusCodes":[{"statusCode":200,"activity":{{WriteJs("k", "'ok ' + variables.body.a")}}}],
                "unmatchedStatusCode":{{Write("u", "unmatched")}},"failedToConnect":{{Write("f", "refused")}},"timeout":{{Write("t", "late")}}
                """),
            Write("z", "done"));
        var chart = Flowchart(
            Connect("h:200>m h:Unmatched_status_code>u h:Failed_to_connect>f h:Timeout>t h>z").Replace('_', ' '),
            Node("FlowSendHttpRequest", "h", request), Write("m", "matched"), Write("u", "unmatched"), Write("f", "refused"), Write("t", "late"), Write("z", "done"));

        Assert.Equal(embedded, await LinesOfAsync(sequence, answer));
        Assert.Equal(flow, await LinesOfAsync(chart, answer));
    }

    [Fact]
    public async Task SendRequest_ToNoAddress_Faults()
    {
        var run = await new ScenarioRun().RunAsync(Definition(Node("SendHttpRequest", "h", "\"url\":" + Literal("file:///etc/passwd"))));

        Assert.Equal("IB2126", Assert.Single(run.Incidents).Failure.Code);
    }

    private sealed record JsonAnswer(string? Response, string? Failure);

    private static async Task<string> LinesOfAsync(string root, JsonAnswer answer)
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(root, $"\"variables\":[{Variable("body", "JSON")}]"))).Definition!;
        var run = ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default));
        await run.ContinueAsync(ct);
        var call = Assert.Single(run.PendingCalls);
        Assert.Equal((HttpCall.ComponentId, """{"url":"https://example.org/a","method":"POST","headers":{"A":["b"]},"contentType":"application/json","content":"{\"q\":1}"}"""), (call.ComponentId, call.Input.GetRawText()));

        run.CompleteCall(call.StepId, answer.Response is { } json ? ScenarioRun.Json(json) : new Failure(answer.Failure!, LocalizedText.Same("failed")));
        await run.ContinueAsync(ct);

        return string.Join(' ', run.Lines);
    }

    private static ExecutionServices Services() => new(new ScenarioRun(), new IndustryBrain.Expressions.JavaScriptEvaluator(), TimeProvider.System, EngineLimits.Default);
}
