using System.Text;
using System.Text.Json;
using CsCheck;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

/// <summary>Definitions with wrong values in any place are refused, or run to an end, a wait or a fault: never to an exception.</summary>
public sealed class FuzzedRunTests
{
    private static readonly string[] Values =
    [
        "null", "5", "-1", "1e30", "\"x\"", "\"\"", "\"[1,2]\"", "\"{\"", "[]", "{}", "[null]", "[5]", "true", "[[]]", "{\"a\":1}", "{\"$values\":5}",
        Literal("7", "Int32"), Literal("99.00:00:00", "TimeSpan"), Wrap("Object", "Object", "[1,\"a\",null]"), Js("({a: [1]})", "Object"), Js("throw 1", "Object"), Js("-1e308", "Object"),
        Write("w", "x"), Node("Fault", "f"), Node("Complete", "c"), Node("Finish", "n"), Node("Break", "b"), Node("Event", "e", "\"eventName\":\"E\""), Own("Compensate"), Node("Delay", "d"),
    ];

    private const string Schema = """
        {"type":"object","required":["order"],"properties":{"order":{"type":"object","properties":{"id":{"type":"string","maxLength":20},"at":{"type":"string","format":"date-time"}}},"count":{"type":"integer","minimum":0},
        "due":{"type":"string","enum":["00:01:00","01:00:00"]},"rows":{"type":"array","maxItems":3,"items":{"type":"object","properties":{"price":{"type":"number"}}}}}}
        """;

    private const string Input = """{"order":{"id":"A-1","at":"2026-01-01T00:00:00Z"},"count":3,"due":"00:01:00","rows":[{"price":1.5},{"price":2}]}""";

    private static readonly string[] Inputs =
        ["null", "0", "-1", "1e308", "-1e-320", "9007199254740993", "true", "\"\"", "\"x\"", "\"NaN\"", "\"1e999\"", "\"2026-13-45\"", "\"\\u2028\\u0007\"", "[]", "{}", "[[[[[[]]]]]]", "{\"__proto__\":{\"price\":1},\"constructor\":1}", "{\"length\":-1}", "{\"$values\":[1]}", "[null,1,\"x\",{}]"];

    public static TheoryData<string> Originals() =>
    [
        Sequence(
            Node("For", "a", $"\"start\":1,\"end\":2,\"step\":1,\"body\":{Write("a1", "x")}"), Node("ForEach", "b", $"\"items\":{Wrap("Object", "Object", "[1,2]")},\"body\":{Write("b1", "x")}"),
            Node("Switch", "c", $"\"mode\":{Literal("MatchAny")},\"cases\":[{{\"label\":\"x\",\"condition\":{{\"type\":\"Literal\",\"value\":true}},\"activity\":{Write("c1", "x")}}}]"),
            Node("Cron", "d", "\"cronExpression\":" + Literal("0 0 * * * *")), Node("RunTask", "e", "\"taskName\":\"t\",\"payload\":{}"), Node("PublishEvent", "f", "\"eventName\":\"E\",\"isLocalEvent\":true,\"payload\":1")),
        Flowchart(
            Connect("a>b a>c b>j c>j j>z z>a"),
            Node("FlowFork", "a", "\"branches\":" + Wrap("List<String>", "Object", "[\"Done\"]")), Write("b", "x"), Node("FlowDecision", "c", "\"condition\":" + Literal("true", "Boolean")), Node("FlowJoin", "j", "\"mode\":" + Literal("WaitAll")), Node("End", "z")),
        Node("StateMachine", "m", $$"""
            "initialState":"A","states":[{"name":"A","entry":{{Write("a", "x")}},"exit":{{Write("b", "x")}}},{"name":"B"}],
            "transitions":[{"from":"A","to":"B","trigger":{{Write("t", "x")}},"condition":{"type":"Literal","value":true},"action":{{Write("u", "x")}}},{"from":"B","to":"A","trigger":{{Node("Event", "e", "\"eventName\":\"E\"")}}}]
            """),
        Own("Try", $"\"body\":{Own("Retry", $"\"maxAttempts\":2,\"delay\":{Literal("00:00:00", "TimeSpan")},\"factor\":2,\"codes\":[\"IB2008\"],\"body\":{Node("Fault", "f", "\"message\":\"boo\"")}")},\"catch\":{Write("c", "x")},\"finally\":{Write("l", "x")}"),
        Own("Saga", $"\"body\":{Sequence(Own("Compensable", $"\"body\":{Write("a", "x")},\"compensation\":{Write("b", "x")}"), Own("Throttle", "\"limit\":1,\"interval\":\"00:00:01\""), Own("Compensate"))}"),
        Own("Map", $"\"items\":{Wrap("Object", "Object", "[{\"n\":1},2]")},\"maxParallel\":2,\"select\":{Js("1", "Object")},\"body\":{Write("a", "x")}"),
        Sequence(Own("MqttMessage", "\"connection\":\"plant\",\"topic\":\"a/#\""), Own("FileArrived", "\"folder\":\"in\""), Own("RunEnded", "\"scenarioId\":\"x\"")),
        Sequence(Own("Throttle", "\"limit\":1,\"interval\":\"00:00:01\",\"key\":\"k\"")),
        Sequence(Own("HumanTask", "\"title\":\"t\",\"schema\":{},\"data\":1,\"dueIn\":\"01:00:00\"")),
        Sequence(Own("SubScenario", "\"scenarioId\":\"s\",\"scenarioVersion\":1,\"input\":{},\"waitForCompletion\":true")),
        Node("BulkDispatchWorkflows", "b", $"\"workflowDefinitionId\":\"d\",\"items\":{Wrap("Object", "Object", "[1,{\"q\":2}]")},\"childCompleted\":{Write("a", "x")}"),
        Node("SendHttpRequest", "h", $"\"url\":\"https://example.org\",\"requestHeaders\":{Wrap("HttpHeaders", "Object", "{\"a\":[\"b\"]}")},\"content\":1,\"contentType\":\"text/plain\",\"expectedStatusCodes\":[{{\"statusCode\":200,\"activity\":{Write("a", "x")}}}]"),
        Sequence(Node("HttpEndpoint", "h", "\"path\":\"x\",\"supportedMethods\":[\"GET\"]"), Node("WriteHttpResponse", "w", "\"statusCode\":201,\"content\":1"), Node("WriteFileHttpResponse", "v", "\"content\":[1]")),
        """{"type":"Elsa.NotFoundActivity","id":"n","originalActivityJson":"{\"type\":\"Elsa.WriteLine\",\"id\":\"n\",\"text\":\"x\"}"}""",
    ];

    [Theory]
    [MemberData(nameof(Originals))]
    public async Task Run_OfAMutatedDefinition_NeverThrows(string root)
    {
        var document = ScenarioRun.Json(Definition(root));
        var count = Mutation.Count(document.GetProperty("root"));
        var expressions = new JavaScriptEvaluator();

        await Gen.Select(Gen.Int[0, count - 1], Gen.OneOfConst(Values), Gen.Int[0, count - 1], Gen.OneOfConst(Values)).SampleAsync(
            async mutation =>
            {
                var (first, second) = (mutation.Item1, mutation.Item3);
                var text = Mutation.Replace(document.GetProperty("root"), ref first, mutation.Item2);
                text = Mutation.Replace(ScenarioRun.Json(text), ref second, mutation.Item4);
                await RunAsync(Definition(text), expressions);
            },
            iter: LongTests.Iterations(150, 8_000),
            threads: 1);
    }

    [Fact]
    public async Task Run_OfAMutatedInput_NeverThrows()
    {
        var definition = DefinitionIntake.Read(Encoding.UTF8.GetBytes(Definition(
            Sequence(
                WriteJs("a", "`${toJson(getInput('order'))} ${getInput('rows')} ${getDue()}`"), Set("b", "count", Js("getInput('count')", "Object")), Set("d", "due", Js("getInput('due')", "Object")),
                Node("ForEach", "e", $"\"items\":{Js("getInput('rows')", "Object")},\"body\":{WriteJs("f", "getVariable('CurrentValue').price * 2")}"), Own("Map", $"\"items\":{Js("getInput('rows')", "Object")},\"body\":{Write("g", "x")}")),
            $$"""
            "variables":[{{Variable("count", "Int32", "0")}},{{Variable("due", "TimeSpan")}}],
            "inputs":[{"name":"order","type":"Object"},{"name":"rows","type":"Object"},{"name":"count","type":"Int32"},{"name":"due","type":"String"}],
            "customProperties":{"industryBrain":{"inputSchema":{{Schema}} } }
            """))).Definition!;
        var input = ScenarioRun.Json(Input);
        var expressions = new JavaScriptEvaluator();

        await Gen.Select(Gen.Int[0, Mutation.Count(input) - 1], Gen.OneOfConst(Inputs), Gen.Int[0, Mutation.Count(input) - 1], Gen.OneOfConst(Inputs)).SampleAsync(
            async mutation =>
            {
                var (first, second) = (mutation.Item1, mutation.Item3);
                var given = ScenarioRun.Json(Mutation.Replace(ScenarioRun.Json(Mutation.Replace(input, ref first, mutation.Item2)), ref second, mutation.Item4));
                InputCheck.Check(definition.Profile.InputSchema, given);

                // What does not fit is refused at the edge; Elsa's definitions say nothing of it, and take anything.
                await RunAsync(definition, expressions, new ExecutionStart("r", given));
            },
            iter: LongTests.Iterations(300, 20_000),
            threads: 1);
    }

    private static async Task RunAsync(string json, JavaScriptEvaluator expressions)
    {
        var reading = DefinitionIntake.Read(Encoding.UTF8.GetBytes(json));
        if (!reading.IsAccepted)
            return;
        await RunAsync(reading.Definition!, expressions, new ExecutionStart("r", default));
    }

    private static async Task RunAsync(ScenarioDefinition definition, JavaScriptEvaluator expressions, ExecutionStart start)
    {
        var ct = TestContext.Current.CancellationToken;
        ScenarioValidator.Validate(definition, new ScenarioRun());
        var run = ScenarioExecution.Start(definition, new ExecutionServices(new ScenarioRun(), expressions, TimeProvider.System, new EngineLimits { MaxSteps = 200 }), start);
        for (var round = 0; round < 20 && run.Status == ExecutionStatus.Running; round++)
        {
            await run.ContinueAsync(ct);
            foreach (var call in run.PendingCalls)
                run.CompleteCall(call.StepId, round % 2 == 0 ? ScenarioRun.Json("""{"statusCode":"x","content":5}""") : ScenarioRun.Json("[]"));
            foreach (var child in run.PendingChildRuns)
                run.CompleteChildRun(child.StepId, new ChildRunState("c", round % 2 == 0 ? ExecutionStatus.Running : ExecutionStatus.Finished, ExecutionSubStatus.Faulted, ScenarioRun.Json("[5]")));
            if (run.Bookmarks.Count > 0)
                run.Resume(run.Bookmarks[0].Id, round % 3 == 0 ? null : ScenarioRun.Json(round % 3 == 1 ? "5" : """{"outcome":7,"data":[],"files":[],"content":null}"""));
        }
    }

    private static string Own(string type, string more = "") => Node(type, type, more).Replace($"Elsa.{type}\",\"id\":\"{type}\"", $"IndustryBrain.{type}\",\"id\":\"{type}\"", StringComparison.Ordinal);
}
