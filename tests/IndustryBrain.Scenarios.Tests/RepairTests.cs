using System.Buffers;
using System.Text;
using System.Text.Json;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class RepairTests
{
    private static readonly string Tool = """{"type":"IndustryBrain.test.tool","id":"t","version":1,"customProperties":{},"metadata":{},"number":{"typeName":"Double","expression":{"type":"Literal","value":1}}}""";

    public static TheoryData<string, string, string> Broken() => new()
    {
        { "in a sequence", Sequence(Write("a", "a"), Tool, Write("b", "b")), "a b" },
        { "in a flowchart, joined", Flowchart(Connect("a>t a>c t>j c>j"), Write("a", "a"), Tool, Write("c", "c"), Write("j", "j")), "a c j" },
        { "in a loop, in the round that broke", Node("ForEach", "l", $"\"items\":{Wrap("Object", "Object", "[1,2]")},\"body\":{Sequence(Tool, WriteJs("w", "getVariable('CurrentValue')"))}"), "1 2" },
        { "beside what waits", Node("Parallel", "p", $"\"activities\":[{Sequence(Node("Event", "e", "\"eventName\":" + Literal("X")), Write("x", "x"))},{Sequence(Tool, Write("y", "y")).Replace("\"s1\"", "\"s2\"", StringComparison.Ordinal)}]"), "y x" },
        { "all of a saga that was undone", Own("Saga", "g", $"\"body\":{Sequence(Write("x", "x"), Tool)}"), "x x" },
        { "within a retry that gave up", Own("Retry", "r", $"\"maxAttempts\":1,\"body\":{Sequence(Write("x", "x"), Tool, Write("y", "y"))}"), "x y" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Retry_OfWhatBroke_GoesOnFromThere(string name, string root, string expected)
    {
        foreach (var moves in (bool[])[false, true])
        {
            var ct = TestContext.Current.CancellationToken;
            var definition = Read(Definition(root));
            var run = ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default));
            var fails = true;
            for (var round = 0; round < 50 && run.SubStatus != ExecutionSubStatus.Finished; round++)
            {
                await run.ContinueAsync(ct);
                if (run.PendingCalls is [var call, ..])
                {
                    run.CompleteCall(call.StepId, fails ? new Failure("test:BROKEN", new("坏了", "Broken.")) : JsonElement.Parse("""{"number":2}"""));
                    fails = false;
                }
                else if (run.SubStatus == ExecutionSubStatus.Faulted)
                {
                    run = Restored(run, definition);
                    if (moves)
                        run = Moved(run, definition = Read(Definition(root).Replace("\"id\":\"v1\"", "\"id\":\"v2\"", StringComparison.Ordinal)));
                    Assert.Null(run.Retry(Assert.Single(run.BrokenSteps).StepId));
                    run = Restored(run, definition);
                }
                else if (run.Bookmarks is [var bookmark])
                {
                    Assert.True(run.Resume(bookmark.Id, null));
                }
            }

            Assert.True(run.SubStatus == ExecutionSubStatus.Finished, name);
            Assert.Equal((expected, 0), (string.Join(' ', run.Lines), run.Incidents.Count));
        }
    }

    [Fact]
    public async Task Retry_OfWhatFollowsACompletedStep_DoesNotRepeatTheStep()
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = Read(Definition(Rounds("getVariable('n') == 0 || nothing.there"), Variables));
        var run = ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default));
        await run.ContinueAsync(ct);
        Assert.Equal((ExecutionSubStatus.Faulted, "round"), (run.SubStatus, string.Join(' ', run.Lines)));

        // It breaks again at the same place, and the place is the same.
        run = Restored(run, definition);
        Assert.Equal("IB3085", run.Skip(run.BrokenSteps[0].StepId, JsonElement.Parse("{}"), [])?.Code);
        Assert.Null(run.Retry(run.BrokenSteps[0].StepId));
        run = Restored(run, definition);
        await run.ContinueAsync(ct);
        Assert.Equal((ExecutionSubStatus.Faulted, "round"), (run.SubStatus, string.Join(' ', run.Lines)));

        var mended = Read(Definition(Rounds("getVariable('n') < 2"), Variables).Replace("\"id\":\"v1\"", "\"id\":\"v2\"", StringComparison.Ordinal));
        run = Moved(Restored(run, definition), mended);
        Assert.Null(run.Retry(run.BrokenSteps[0].StepId));
        run = Restored(run, mended);
        await run.ContinueAsync(ct);

        Assert.Equal((ExecutionSubStatus.Finished, "round round"), (run.SubStatus, string.Join(' ', run.Lines)));
    }

    [Fact]
    public async Task Skip_OfADecision_GoesTheWayThatIsGiven()
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = Read(Definition(Flowchart(Connect("d:True>y d:False>n"), Node("FlowDecision", "d", "\"condition\":" + Js("nothing.there", "Boolean")), Write("y", "yes"), Write("n", "no"))));
        var run = ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default));
        await run.ContinueAsync(ct);
        run = Restored(run, definition);

        Assert.Equal("IB3086", run.Skip(run.BrokenSteps[0].StepId, JsonElement.Parse("""{"what":1}"""), [])?.Code);
        Assert.Equal("IB3084", run.Skip("99", JsonElement.Parse("{}"), [])?.Code);
        Assert.Null(run.Skip(run.BrokenSteps[0].StepId, JsonElement.Parse("{}"), ["False"]));
        run = Restored(run, definition);
        await run.ContinueAsync(ct);

        Assert.Equal(("no", ExecutionSubStatus.Finished), (Assert.Single(run.Lines), run.SubStatus));
    }

    [Fact]
    public async Task Retry_OfARunThatHadTooManySteps_TakesUpWhatWasNext()
    {
        var ct = TestContext.Current.CancellationToken;
        var definition = Read(Definition(Sequence(Write("a", "a"), Write("b", "b"), Write("c", "c"))));
        var run = ScenarioExecution.Start(definition, Services(new EngineLimits { MaxSteps = 2 }), new ExecutionStart("r", default));
        await run.ContinueAsync(ct);
        Assert.Equal("IB2007", Assert.Single(run.Incidents).Failure.Code);

        run = Restored(run, definition);
        run.Reopen();
        await run.ContinueAsync(ct);

        Assert.Equal((ExecutionSubStatus.Finished, 0), (run.SubStatus, run.Incidents.Count));
        Assert.Equal(["a", "b", "c"], run.Lines);
    }

    private static string Variables => $"\"variables\":[{Variable("n", "Int32", "0")}]";

    private static string Rounds(string condition) =>
        Node("While", "l", $"\"condition\":{Js(condition, "Boolean")},\"body\":{Sequence(Write("w", "round"), Set("c", "n", Js("getVariable('n') + 1", "Int32")))}");

    private static string Own(string type, string id, string more) => $$$"""{"type":"IndustryBrain.{{{type}}}","id":"{{{id}}}","version":1,"customProperties":{},"metadata":{},{{{more}}}}""";

    private static ScenarioExecution Moved(ScenarioExecution run, ScenarioDefinition definition)
    {
        Assert.True(run.MoveTo(definition, Services(), new Dictionary<string, string>()).TryGet(out var moved, out var failure), failure?.Message.En);
        return Restored(moved, definition);
    }

    private static ScenarioDefinition Read(string json) => ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json)).Definition!;

    private static ExecutionServices Services(EngineLimits? limits = null) => new(new ScenarioRun(), new JavaScriptEvaluator(), TimeProvider.System, limits ?? EngineLimits.Default);

    private static ScenarioExecution Restored(ScenarioExecution run, ScenarioDefinition definition)
    {
        run.TakeEvents();
        var buffer = new ArrayBufferWriter<byte>();
        run.Save(buffer);
        Assert.True(ScenarioExecution.Restore(definition, Services(), buffer.WrittenMemory).TryGet(out var restored, out var failure), failure?.Message.En);
        return restored;
    }
}
