using System.Text;
using System.Text.Json;
using CsCheck;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
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
            iter: 150,
            threads: 1);
    }

    private static async Task RunAsync(string json, JavaScriptEvaluator expressions)
    {
        var ct = TestContext.Current.CancellationToken;
        var reading = DefinitionIntake.Read(Encoding.UTF8.GetBytes(json));
        if (!reading.IsAccepted)
            return;
        ScenarioValidator.Validate(reading.Definition!, new ScenarioRun());
        var run = ScenarioExecution.Start(reading.Definition!, new ExecutionServices(new ScenarioRun(), expressions, TimeProvider.System, new EngineLimits { MaxSteps = 200 }), new ExecutionStart("r", default));
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
