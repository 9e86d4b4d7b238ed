using System.Buffers;
using System.Text;
using CsCheck;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class RestoreTests
{
    [Fact]
    public async Task Restore_RandomDefinitions_ContinueIdentically() =>
        await Gen.Int[0, 17].Array[4, 40].SampleAsync(
            async choices =>
            {
                var json = Definition(new Builder(choices).Node(0), $"\"variables\":[{Variable("x", "Int32", "0")}]");
                var plain = new ScenarioRun();
                var saved = new ScenarioRun { SavesAlways = true };

                var expected = await plain.RunAsync(json);
                var run = await saved.RunAsync(json);

                return expected.SubStatus == run.SubStatus
                    && expected.Lines.SequenceEqual(run.Lines)
                    && expected.Output.ToJsonString() == run.Output.ToJsonString()
                    && expected.Incidents.Count == run.Incidents.Count
                    && plain.Happened.Select(Text).SequenceEqual(saved.Happened.Select(Text));
            },
            iter: LongTests.Iterations(300, 20_000),
            threads: 1);

    [Fact]
    public void Restore_DamagedState_IsAFailure()
    {
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(Sequence(Write("a", "1"))))).Definition!;
        var services = Services();
        var buffer = new ArrayBufferWriter<byte>();
        ScenarioExecution.Start(definition, services, new ExecutionStart("r", default)).Save(buffer);
        var state = buffer.WrittenSpan.ToArray();

        Gen.Select(Gen.Int[0, state.Length - 1], Gen.Byte).Sample(
            mutation =>
            {
                var bytes = state.ToArray();
                bytes[mutation.Item1] = mutation.Item2;
                ScenarioExecution.Restore(definition, services, bytes);
            },
            iter: LongTests.Iterations(2_000, 100_000));
        Assert.Equal("IB2001", ScenarioExecution.Restore(definition, services, state.AsMemory(0, 20)).Failure?.Code);
        Assert.Equal("IB2001", ScenarioExecution.Restore(definition.With("d", "other", 2), services, state).Failure?.Code);
    }

    [Theory]
    [InlineData(false, "Finished", """{"workflowInstanceId":"child","status":"Finished","subStatus":"Finished","output":{"a":1}}""")]
    [InlineData(true, "Suspended", """{"a":2}""")]
    public async Task ExecuteWorkflow_Answered_GivesItsResult(bool childSuspends, string subStatus, string expected)
    {
        var ct = TestContext.Current.CancellationToken;
        var root = Sequence(Node("ExecuteWorkflow", "e", $"\"workflowDefinitionId\":{Literal("other")},\"waitForCompletion\":true,\"input\":{Wrap("ObjectDictionary", "Object", "{\"q\":1}")}"), WriteJs("w", "toJson(getLastResult())"));
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(root))).Definition!;
        var run = ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default));
        await run.ContinueAsync(ct);
        var request = Assert.Single(run.PendingChildRuns);

        run.CompleteChildRun(request.StepId, new ChildRunState("child", childSuspends ? ExecutionStatus.Running : ExecutionStatus.Finished, childSuspends ? ExecutionSubStatus.Suspended : ExecutionSubStatus.Finished, ScenarioRun.Json("""{"a":1}""")));
        await run.ContinueAsync(ct);

        Assert.Equal((true, "other", "{\"q\":1}"), (request.IsInline, request.DefinitionId, request.Input.GetRawText()));
        Assert.Equal(subStatus, run.SubStatus.ToString());
        if (childSuspends)
        {
            Assert.True(run.Resume(Assert.Single(run.Bookmarks).Id, ScenarioRun.Json("""{"a":2}""")));
            await run.ContinueAsync(ct);
        }

        Assert.Equal(expected, Assert.Single(run.Lines));
    }

    [Fact]
    public async Task ExecuteWorkflow_BesideOtherWork_GoesFirst()
    {
        var ct = TestContext.Current.CancellationToken;
        var child = Node("ExecuteWorkflow", "e", "\"workflowDefinitionId\":" + Literal("other"));
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(Node("Parallel", "p", $"\"activities\":[{Write("a", "a")},{child},{Write("b", "b")}]")))).Definition!;
        var run = ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default));

        await run.ContinueAsync(ct);
        var before = string.Join(' ', run.Lines);
        run.CompleteChildRun(run.PendingChildRuns[0].StepId, new ChildRunState("child", ExecutionStatus.Finished, ExecutionSubStatus.Finished, ScenarioRun.Json("{}")));
        await run.ContinueAsync(ct);

        Assert.Equal(("a", "a b", ExecutionSubStatus.Finished), (before, string.Join(' ', run.Lines), run.SubStatus));
    }

    [Fact]
    public async Task DispatchWorkflow_Refused_Faults()
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(Node("DispatchWorkflow", "e", "\"workflowDefinitionId\":" + Literal("other"))))).Definition!;
        var run = ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default));
        await run.ContinueAsync(ct);
        var request = Assert.Single(run.PendingChildRuns);

        run.CompleteChildRun(request.StepId, new Failure("IB3001", new("没有", "None.")));
        await run.ContinueAsync(ct);

        Assert.Equal("""{"ParentInstanceId":"r"}""", request.Input.GetRawText());
        Assert.Equal("IB3001", Assert.Single(run.Incidents).Failure.Code);
    }

    [Fact]
    public async Task Cancel_WaitingRun_EndsIt()
    {
        var run = await new ScenarioRun { ResumesAll = false }.RunAsync(Definition(Sequence(Node("Event", "e", "\"eventName\":" + Literal("X")), Write("w", "x"))));
        var bookmark = Assert.Single(run.Bookmarks);

        run.Cancel();

        Assert.Equal((ExecutionStatus.Finished, ExecutionSubStatus.Cancelled), (run.Status, run.SubStatus));
        Assert.False(run.Resume(bookmark.Id, null));
        Assert.Contains(run.TakeEvents(), e => e is StepCancelled { NodeId: "Workflow1:s1:e" });
    }

    [Fact]
    public async Task Run_UnknownVersion_FaultsWhenExecuted()
    {
        var run = await new ScenarioRun().RunAsync(Definition(Sequence(Write("a", "a"), """{"type":"Elsa.WriteLine","id":"b","version":7,"text":"b"}""")));

        Assert.Equal(["a"], run.Lines);
        Assert.Equal("IB2004", Assert.Single(run.Incidents).Failure.Code);
    }

    private static ExecutionServices Services() => new(new ScenarioRun(), new JavaScriptEvaluator(), TimeProvider.System, EngineLimits.Default);

    internal static string Text(ExecutionEvent e) => e switch
    {
        StepStarted s => $"+{s.StepId}{s.NodeId}{s.Input}",
        StepFinished s => $"-{s.StepId}{s.Output}{string.Join(',', s.Outcomes)}",
        StepFaulted s => $"!{s.StepId}{s.Failure.Code}",
        StepSuspended s => $"?{s.StepId}{s.Bookmark.Id}",
        StepResumed s => $">{s.StepId}{s.BookmarkId}",
        StepCancelled s => $"x{s.StepId}",
        LineWritten s => s.Text,
        _ => "",
    };

    /// <summary>Turns a list of choices into a definition; equal lists give equal definitions.</summary>
    internal sealed class Builder(int[] choices)
    {
        private int _next;
        private int _ids;

        public string Node(int depth)
        {
            var id = $"n{_ids++}";
            return (depth > 3 ? Take() % 6 : Take()) switch
            {
                0 => WriteJs(id, $"'{id} ' + getVariable('x') + ' ' + getVariable('CurrentValue')"),
                1 => Set(id, "x", Js("variables.x + 1", "Object")),
                2 => Elsa.Node("Delay", id, "\"timeSpan\":" + Literal("00:00:01", "TimeSpan")),
                3 => $$"""{"type":"IndustryBrain.test.double","id":"{{id}}","number":{{Take()}}}""",
                4 => Take() > 6 ? $$"""{"type":"IndustryBrain.test.broken","id":"{{id}}","number":1}""" : Elsa.Node("Event", id, "\"eventName\":" + Literal("X")),
                5 => Elsa.Node("SetOutput", id, $"\"outputName\":{Literal(id)},\"outputValue\":{Js("variables.x", "Object")}"),
                6 => Elsa.Node("Parallel", id, $"\"activities\":[{Many(depth)}]"),
                7 => Elsa.Node("For", id, $"\"start\":1,\"end\":2,\"body\":{Node(depth + 1)}"),
                8 => Elsa.Node("Fork", id, $"\"joinMode\":\"{(Take() % 2 == 0 ? "WaitAny" : "WaitAll")}\",\"branches\":[{Many(depth)}]"),
                9 => Elsa.Node("ParallelForEach", id, $"\"items\":{Wrap("Object", "Object", "[1,2]")},\"body\":{Node(depth + 1)}"),
                10 => Diamond(id, depth),
                11 => Own("Try", id, $"\"body\":{Node(depth + 1)},\"{(Take() % 2 == 0 ? "catch" : "finally")}\":{Node(depth + 1)}"),
                12 => Own("Retry", id, $"\"maxAttempts\":2,\"delay\":{Literal(Take() % 2 == 0 ? "00:00:00" : "00:00:01", "TimeSpan")},\"body\":{Node(depth + 1)}"),
                13 => Own("Saga", id, $"\"body\":{Node(depth + 1)}"),
                14 => Own("Compensable", id, $"\"body\":{Node(depth + 1)},\"compensation\":{Node(depth + 1)}"),
                15 => Own("Map", id, $"\"items\":{Wrap("Object", "Object", "[1,2,3]")},\"maxParallel\":2,\"select\":{Js("variables.x", "Object")},\"body\":{Node(depth + 1)}"),
                16 => Elsa.Node("StateMachine", id, $$"""
                    "states":[{"name":"A","entry":{{Node(depth + 1)}}},{"name":"B","exit":{{Node(depth + 1)}}}],
                    "transitions":[{"from":"A","to":"B","trigger":{{Node(depth + 1)}},"action":{{Node(depth + 1)}}},{"from":"A","to":"B","trigger":{{Node(depth + 1)}}}]
                    """),
                _ => Elsa.Node("Sequence", id, $"\"activities\":[{Many(depth)}]"),
            };
        }

        private static string Own(string type, string id, string more) => Elsa.Node(type, id, more).Replace($"Elsa.{type}\",\"id\":\"{id}\"", $"IndustryBrain.{type}\",\"id\":\"{id}\"", StringComparison.Ordinal);

        private int Take() => _next < choices.Length ? choices[_next++] : 0;

        private string Many(int depth) => string.Join(',', Enumerable.Range(0, 1 + (Take() % 3)).Select(_ => Node(depth + 1)));

        private string Diamond(string id, int depth)
        {
            var mode = (Take() % 3) switch { 0 => "WaitAny", 1 => "WaitAll", _ => "WaitAllActive" };
            string Named(string name) => Elsa.Node("Sequence", id + name, $"\"activities\":[{Node(depth + 1)}]");
            return Elsa.Node("Flowchart", id, $"\"activities\":[{Named("s")},{Named("a")},{Named("b")},{Elsa.Node("FlowJoin", id + "j", "\"mode\":" + Literal(mode))},{Named("z")}],\"connections\":[{Connect($"{id}s>{id}a {id}s>{id}b {id}a>{id}j {id}b>{id}j {id}j>{id}z")}]");
        }
    }
}
