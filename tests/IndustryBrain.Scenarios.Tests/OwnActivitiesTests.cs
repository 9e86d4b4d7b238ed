using System.Text;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class OwnActivitiesTests
{
    private static readonly string Boo = Node("Fault", "boo", "\"message\":" + Literal("boo"));

    public static TheoryData<string, string, string, string, int> Guarded() => new()
    {
        { "what is caught is no incident", Sequence(Own("Try", "t", Body(Sequence(Write("a", "a"), Boo, Write("n", "never"))), "\"catch\":" + Caught, "\"finally\":" + Write("f", "f")), Write("z", "z")), "a boo:IB2008:boo f z", "Finished", 0 },
        { "finally alone lets the fault go on", Sequence(Own("Try", "t", Body(Boo), "\"finally\":" + Write("f", "f")), Write("z", "never")), "f", "Faulted", 1 },
        { "a fault in catch goes on after finally", Own("Try", "t", Body(Boo), $"\"catch\":{Sequence(Write("c", "c"), Boo)}", "\"finally\":" + Write("f", "f")), "c f", "Faulted", 1 },
        { "without a fault only finally follows", Sequence(Own("Try", "t", Body(Write("a", "a")), "\"catch\":" + Write("n", "never"), "\"finally\":" + Write("f", "f")), Write("z", "z")), "a f z", "Finished", 0 },
        { "the nearest takes it", Own("Try", "o", Body(Own("Try", "i", Body(Boo), "\"finally\":" + Write("f", "inner"))), "\"catch\":" + Write("c", "outer")), "inner outer", "Finished", 0 },
        { "what waits beside it is given up", Sequence(Own("Try", "t", Body(Node("Parallel", "p", $"\"activities\":[{Node("Event", "e", "\"eventName\":" + Literal("X"))},{Boo},{Write("q", "queued")}]")), "\"catch\":" + Write("c", "c")), Write("z", "z")), "c z", "Finished", 0 },
        { "retry tries until it works", Sequence(Own("Retry", "r", Body(Sequence(WriteJs("a", "getVariable('Attempt')"), Node("If", "i", $"\"condition\":{Js("getVariable('Attempt') < 3", "Boolean")},\"then\":{Boo}"))), "\"delay\":" + Literal("00:00:01", "TimeSpan")), Write("z", "z")), "1 2 3 z", "Finished", 0 },
        { "retry gives up", Own("Retry", "r", Body(Sequence(Write("a", "a"), Boo)), "\"maxAttempts\":2"), "a a", "Faulted", 1 },
        { "retry only for its codes", Own("Retry", "r", Body(Sequence(Write("a", "a"), Boo)), "\"codes\":" + Wrap("List<String>", "Object", "[\"IB9999\"]")), "a", "Faulted", 1 },
        { "a try around a retry", Own("Try", "t", Body(Own("Retry", "r", Body(Sequence(Write("a", "a"), Boo)), "\"maxAttempts\":2")), "\"catch\":" + Write("c", "c")), "a a c", "Finished", 0 },
        { "a saga undoes backwards", Saga(Part("a"), Part("b"), Boo, Part("n")), "a b undo-b undo-a", "Faulted", 1 },
        { "compensate ends the saga", Flowchart(Connect("s:Compensated>c s>n"), Saga(Part("a"), Part("b"), Own("Compensate", "c1"), Part("n")), Write("c", "c"), Write("n", "n")), "a b undo-b undo-a c", "Finished", 0 },
        { "a saga that is done undoes nothing", Flowchart(Connect("s:Compensated>c s>n"), Saga(Part("a")), Write("c", "c"), Write("n", "n")), "a n", "Finished", 0 },
        { "a try around a saga", Own("Try", "t", Body(Saga(Part("a"), Boo)), "\"catch\":" + Write("c", "c")), "a undo-a c", "Finished", 0 },
        { "a waiting compensation", Saga(Own("Compensable", "k", Body(Write("a", "a")), "\"compensation\":" + Sequence(Node("Delay", "d", "\"timeSpan\":" + Literal("00:00:01", "TimeSpan")), Write("u", "undone"))), Boo), "a undone", "Faulted", 1 },
        { "compensate outside a saga faults", Own("Compensate", "c"), "", "Faulted", 1 },
    };

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Run_Guarded_GoesOnAsWritten(string name, string root, string lines, string subStatus, int incidents)
    {
        foreach (var savesAlways in (bool[])[false, true])
        {
            var run = await new ScenarioRun { SavesAlways = savesAlways }.RunAsync(Definition(root));

            Assert.Equal(lines, string.Join(' ', run.Lines));
            Assert.True(subStatus == run.SubStatus.ToString(), name);
            Assert.Equal(incidents, run.Incidents.Count);
            Assert.Empty(run.Bookmarks);
        }
    }

    [Theory]
    [InlineData("1", "1 2 3")]
    [InlineData("2", "2 3 1")]
    public async Task Map_OverATable_KeepsTheOrderOfItsItems(string parallel, string lines)
    {
        var slowFirst = Node("If", "i", $"\"condition\":{Js("getVariable('CurrentIndex') == 0", "Boolean")},\"then\":{Node("Delay", "d", "\"timeSpan\":" + Literal("00:00:01", "TimeSpan"))}");
        var map = Own("Map", "m", $"\"items\":{Wrap("Object", "Object", """[{"n":1},{"n":2},{"n":3}]""")},\"maxParallel\":{parallel},\"select\":{Js("({double: getVariable('CurrentValue').n * 2})", "Object")}", Body(Sequence(slowFirst, WriteJs("w", "getVariable('CurrentValue').n"))));

        var run = await new ScenarioRun { SavesAlways = true }.RunAsync(Definition(Sequence(map, WriteJs("z", "toJson(getLastResult())"))));

        Assert.Equal(lines + """ [{"double":2},{"double":4},{"double":6}]""", string.Join(' ', run.Lines));
    }

    [Fact]
    public async Task Map_NeverRunsMoreAtATime()
    {
        var items = "[" + string.Join(',', Enumerable.Range(0, 50)) + "]";
        var run = await new ScenarioRun { ResumesAll = false }.RunAsync(Definition(Own("Map", "m", $"\"items\":{Wrap("Object", "Object", items)},\"maxParallel\":7", Body(Node("Event", "e", "\"eventName\":" + Literal("X"))))));

        for (var left = 50; left > 0; left--)
        {
            Assert.Equal(Math.Min(7, left), run.Bookmarks.Count);
            run.Resume(run.Bookmarks[0].Id, null);
            await run.ContinueAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
    }

    [Fact]
    public async Task Map_OverALongTable_TakesEachRowOnce()
    {
        var rows = "[" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $$"""{"n":{{i}}}""")) + "]";
        var map = Own("Map", "m", $"\"items\":{Wrap("Object", "Input", "").Replace("\"\"", "{\"name\":\"rows\"}", StringComparison.Ordinal)},\"select\":{Wrap("Object", "Variable", "").Replace("\"\"", "{\"id\":\"CurrentValue\"}", StringComparison.Ordinal)}", Body(Node("Start", "w")), Output("result", "Rows"));
        var shell = new ScenarioRun { Input = $$"""{"rows":{{rows}}}""" };

        var run = await shell.RunAsync(Definition(map, "\"outputs\":[{\"name\":\"Rows\",\"type\":\"Object\"}]"));

        Assert.Equal(rows, run.Output["Rows"]!.ToJsonString());
        Assert.Equal(50_001, shell.Happened.OfType<StepStarted>().Count());
    }

    [Fact]
    public async Task Throttle_BeyondItsLimit_Waits()
    {
        var loop = Node("For", "l", $"\"start\":1,\"end\":5,\"body\":{Own("Throttle", "t", "\"limit\":2", "\"interval\":" + Literal("01:00:00", "TimeSpan"))}");
        var shell = new ScenarioRun { SavesAlways = true };

        await shell.RunAsync(Definition(loop));

        var waits = shell.Happened.OfType<StepSuspended>().Select(s => Math.Round((s.Bookmark.Due!.Value - shell.Happened[0].At).TotalHours)).ToArray();
        Assert.Equal([1, 1, 2], waits);
    }

    [Fact]
    public async Task Throttle_WithAKey_AsksTheShellAndWaitsUntilThatMoment()
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(Sequence(Own("Throttle", "t", "\"limit\":2", "\"interval\":" + Literal("01:00:00", "TimeSpan"), "\"key\":" + Literal("erp")), Write("w", "x"))))).Definition!;
        var run = ScenarioExecution.Start(definition, new(new ScenarioRun(), new JavaScriptEvaluator(), TimeProvider.System, EngineLimits.Default), new ExecutionStart("r", default));
        await run.ContinueAsync(ct);
        var call = Assert.Single(run.PendingCalls);
        var at = TimeProvider.System.GetUtcNow().AddHours(1);

        run.CompleteCall(call.StepId, ThrottleCall.Answer(at));
        await run.ContinueAsync(ct);

        Assert.Equal((ThrottleCall.ComponentId, """{"key":"erp","limit":2,"interval":"01:00:00"}""", false), (call.ComponentId, call.Input.GetRawText(), call.HasSideEffects));
        var bookmark = Assert.Single(run.Bookmarks);
        Assert.Equal(at, bookmark.Due);
        Assert.True(run.Resume(bookmark.Id, null));
        await run.ContinueAsync(ct);
        Assert.Equal(["x"], run.Lines);
    }

    [Theory]
    [InlineData(ExecutionSubStatus.Finished, """[{"a":1}]""", "")]
    [InlineData(ExecutionSubStatus.Faulted, "[]", "IB2130")]
    public async Task SubScenario_Pinned_GivesItsOutput(ExecutionSubStatus ends, string lines, string code)
    {
        ChildRunRequest? asked = null;
        var shell = new ScenarioRun
        {
            SavesAlways = true,
            Children = request =>
            {
                asked = request;
                return new ChildRunState("c", ExecutionStatus.Finished, ends, ScenarioRun.Json("""{"a":1}"""));
            },
        };

        var run = await shell.RunAsync(Definition(Sequence(Own("SubScenario", "s", "\"scenarioId\":" + Literal("other"), "\"scenarioVersion\":3", "\"input\":" + Wrap("ObjectDictionary", "Object", "{\"q\":1}")), WriteJs("w", "toJson(getLastResult())"))));

        Assert.Equal(("other", 3, """{"q":1}"""), (asked!.DefinitionId, asked.Version, asked.Input.GetRawText()));
        Assert.Equal(lines, "[" + string.Join(',', run.Lines) + "]");
        Assert.Equal(code, string.Concat(run.Incidents.Select(i => i.Failure.Code)));
    }

    [Theory]
    [InlineData("""{"outcome":"Approved","data":{"sum":5},"by":"u1"}""", "yes 5 u1")]
    [InlineData("""{"data":null}""", "done null null")]
    [InlineData(null, "expired")]
    public async Task HumanTask_Decided_GoesOnWithTheDecision(string? decision, string lines)
    {
        var task = Own("HumanTask", "h", "\"title\":" + Literal("Approve"), "\"role\":" + Literal("buyer"), "\"schema\":" + Wrap("JSON", "Object", """{"type":"object"}"""), "\"dueIn\":" + Literal("1.00:00:00", "TimeSpan"));
        string Said(string id, string text) => WriteJs(id, $"`{text} ${{(getLastResult() || {{sum: null}}).sum}} ${{getOutputFrom('h', 'DecidedBy')}}`");
        var run = await new ScenarioRun { ResumesAll = false }.RunAsync(Definition(Flowchart(Connect("h:Approved>y h:Expired>x h>d"), task, Said("y", "yes"), Write("x", "expired"), Said("d", "done"))));
        var bookmark = Assert.Single(run.Bookmarks);
        Assert.Equal(24, Math.Round((bookmark.Due!.Value - bookmark.CreatedAt).TotalHours));
        Assert.Contains("\"role\":\"buyer\",\"schema\":{\"type\":\"object\"}", bookmark.Payload.ToString(), StringComparison.Ordinal);

        run.Resume(bookmark.Id, decision is null ? null : ScenarioRun.Json(decision));
        await run.ContinueAsync(TestContext.Current.CancellationToken);

        Assert.Equal(lines, string.Join(' ', run.Lines));
    }

    [Fact]
    public void Validate_WhatCannotWork_IsFound()
    {
        var root = Sequence(Own("SubScenario", "sub", "\"scenarioId\":" + Literal("other")), Saga(Own("Compensate", "d")), Node("Cron", "e", "\"cronExpression\":" + Literal("0 * * * *")), Own("Compensate", "c"));
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(root))).Definition!;

        var findings = ScenarioValidator.Validate(definition, new ScenarioRun());

        Assert.Equal(["IBS0018 Workflow1:s1:sub", "IBS0014 Workflow1:s1:e", "IBS0019 Workflow1:s1:c"], findings.Select(f => $"{f.Rule} {f.NodeId}"));
    }

    [Fact]
    public void Export_OwnActivities_IsUnchanged()
    {
        var json = Definition(Saga(Part("a"), Own("Map", "m", Body(Write("w", "x")))));

        var exported = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json)).Definition!.Export();

        Assert.True(System.Text.Json.JsonElement.DeepEquals(ScenarioRun.Json(json), ScenarioRun.Json(Encoding.UTF8.GetString(exported))));
    }

    private static string Caught => WriteJs("c", "`${getVariable('Error').message}:${getVariable('Error').code}:${getVariable('Error').activityId}`");

    private static string Body(string activity) => "\"body\":" + activity;

    private static string Saga(params string[] parts) => Own("Saga", "s", Body(Sequence(parts)));

    private static string Part(string id) => Own("Compensable", "k" + id, Body(Write(id, id)), "\"compensation\":" + Write("u" + id, "undo-" + id));

    private static string Own(string type, string id, params string[] members) =>
        Node(type, id, string.Join(',', members)).Replace($"\"Elsa.{type}\",\"id\":\"{id}\"", $"\"IndustryBrain.{type}\",\"id\":\"{id}\"", StringComparison.Ordinal);
}
