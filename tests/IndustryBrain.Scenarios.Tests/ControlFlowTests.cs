using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class ControlFlowTests
{
    private static readonly string Delay = "\"timeSpan\":" + Literal("00:00:01", "TimeSpan");

    public static TheoryData<string, string, string, string> Cases() => new()
    {
        { "sequence in order", Sequence(Write("a", "1"), Write("b", "2")), "1 2", "Finished" },
        { "for includes its end", Sequence(For(1, 3, 1, WriteJs("w", "getVariable('CurrentValue')"))), "1 2 3", "Finished" },
        { "for counts down", Sequence(For(3, 1, -1, WriteJs("w", "variables.CurrentValue"))), "3 2 1", "Finished" },
        { "for without body completes", Sequence(For(1, 3, 1, null), Write("b", "after")), "after", "Finished" },
        { "while without body completes", Sequence(Node("While", "w", $"\"condition\":{Js("true", "Boolean")}"), Write("b", "after")), "after", "Finished" },
        { "for each over characters", Sequence(ForEach("abc", WriteJs("w", "getVariable('CurrentValue')"))), "a b c", "Finished" },
        { "for each over an array", Sequence(ForEach("[1,\"x\"]", WriteJs("w", "getVariable('CurrentValue') + ':' + getVariable('CurrentIndex')"))), "1:0 x:1", "Finished" },
        { "for each over null faults", Sequence(Node("ForEach", "e", $"\"body\":{Write("w", "x")}")), "", "Faulted" },
        { "complete in a loop ends the run", Sequence(For(1, 3, 1, Sequence(Write("w", "x"), Node("Complete", "c"))), Write("z", "never")), "x", "Finished" },
        { "end ends its container only", Sequence(Node("Sequence", "inner", $"\"activities\":[{Write("w", "x")},{Node("End", "e")},{Write("y", "never")}]"), Write("z", "z")), "x z", "Finished" },
        { "end as child of if ends nothing more", Sequence(Node("If", "i", $"\"condition\":{Js("true", "Boolean")},\"then\":{Node("End", "e")}"), Write("z", "z")), "z", "Finished" },
        { "break ends the loop after its body", Sequence(For(1, 3, 1, Sequence(WriteJs("w", "getVariable('CurrentValue')"), Node("Break", "b"), Write("n", "never"))), Write("z", "z")), "1 z", "Finished" },
        { "break through nested sequences", Sequence(For(1, 3, 1, Sequence(Node("Sequence", "i", $"\"activities\":[{Node("Break", "b")},{Write("m", "never")}]"), Write("n", "never"))), Write("z", "z")), "z", "Finished" },
        { "break outside a loop ends the sequence", Sequence(Write("a", "a"), Node("Break", "b"), Write("n", "never")), "a", "Finished" },
        { "finish drops queued siblings", Node("Parallel", "p", $"\"activities\":[{Write("a", "a")},{Node("Finish", "f")},{Write("b", "b")}]"), "a", "Finished" },
        { "after a fault the queue is drained", Node("Parallel", "p", $"\"activities\":[{Node("Fault", "f", "\"message\":" + Literal("boo"))},{Write("b", "b")}]"), "b", "Faulted" },
        { "parallel interleaves", Node("Parallel", "p", $"\"activities\":[{Named("x", Write("a", "1"), Write("b", "2"))},{Named("y", Write("c", "3"), Write("d", "4"))}]"), "1 3 2 4", "Finished" },
        { "fork wait any runs what is queued", Sequence(Node("Fork", "p", $"\"joinMode\":\"WaitAny\",\"branches\":[{Write("a", "a")},{Write("b", "b")}]"), Write("z", "z")), "a b z", "Finished" },
        { "parallel for each goes breadth first", Node("ParallelForEach", "p", $"\"items\":{Wrap("Object", "Object", "[1,2]")},\"body\":{Named("y", WriteJs("a", "'a' + getVariable('CurrentValue')"), WriteJs("b", "'b' + getVariable('CurrentValue')"))}"), "a1 a2 b1 b2", "Finished" },
        { "while", Sequence(Node("While", "w", $"\"condition\":{Js("(getVariable('n') || 0) < 2", "Boolean")},\"body\":{Node("RunJavaScript", "j", "\"script\":" + Literal("setVariable('n', (getVariable('n') || 0) + 1)"))}"), WriteJs("z", "getVariable('n')")), "2", "Finished" },
        { "switch matches first", Sequence(Switch("Switch", "MatchFirst"), Write("z", "z")), "A z", "Finished" },
        { "switch matches any", Sequence(Switch("Switch", "MatchAny"), Write("z", "z")), "A B z", "Finished" },
        { "if offers a flowchart only Done", Flowchart(Connect("i:True>a i>b"), Node("If", "i", $"\"condition\":{Js("true", "Boolean")}"), Write("a", "a"), Write("b", "b")), "b", "Finished" },
        { "decision yields True or False", Flowchart(Connect("d:True>a d:False>b d>c"), Node("FlowDecision", "d", $"\"condition\":{Js("1 > 2", "Boolean")}"), Write("a", "a"), Write("b", "b"), Write("c", "c")), "b", "Finished" },
        { "only one root runs", Flowchart("", Write("a", "a"), Write("b", "b")), "a", "Finished" },
        { "start is preferred", Flowchart(Connect("s>b"), Write("a", "a"), Write("b", "b"), Node("Start", "s")), "b", "Finished" },
        { "implicit join runs once", Flowchart(Connect("s>a s>b a>c b>c"), Write("s", "s"), Write("a", "a"), Write("b", "b"), Write("c", "c")), "s a b c", "Finished" },
        { "implicit join skips dead branches", Flowchart(Connect("d:True>a d:False>b a>c b>c"), Node("FlowDecision", "d", $"\"condition\":{Js("true", "Boolean")}"), Write("a", "a"), Write("b", "b"), Write("c", "c")), "a c", "Finished" },
        { "wait all behind a dead branch skips the rest", Flowchart(Connect("d:True>a d:False>b a>j b>j j>c"), Node("FlowDecision", "d", $"\"condition\":{Js("true", "Boolean")}"), Write("a", "a"), Write("b", "b"), Join("j", "WaitAll"), Write("c", "c")), "a", "Finished" },
        { "wait any goes on with the first", Flowchart(Connect("s>a s>e a>j e>j j>c"), Write("s", "s"), Write("a", "a"), Node("Event", "e", "\"eventName\":" + Literal("X")), Join("j", "WaitAny"), Write("c", "c")), "s a c", "Finished" },
        { "wait any does not stop quick steps", Flowchart(Connect("s>a s>b b>b2 b2>b3 a>j b3>j j>c"), Write("s", "s"), Write("a", "a"), Write("b", "b"), Write("b2", "b2"), Write("b3", "b3"), Join("j", "WaitAny"), Write("c", "c")), "s a b b2 c b3", "Finished" },
        { "a backward edge loops", Flowchart(Connect("s>a a>d d:True>s d:False>z"), Node("RunJavaScript", "s", "\"script\":" + Literal("setVariable('n', (getVariable('n') || 0) + 1)")), WriteJs("a", "getVariable('n')"), Node("FlowDecision", "d", $"\"condition\":{Js("getVariable('n') < 3", "Boolean")}"), Write("z", "z")), "1 2 3 z", "Finished" },
        { "an unreached source does not count as inbound", Flowchart(Connect("s>c u>c"), Write("s", "s"), Write("u", "u"), Write("c", "c")), "s c", "Finished" },
        { "connections of an unknown activity are set aside", Flowchart(Connect("s>n s>a a>b n>b"), Write("s", "s"), Node("Nonsense", "n"), Write("a", "a"), Write("b", "b")), "s a b", "Faulted" },
        { "fork yields its branches", Flowchart(Connect("f:A>a f:B>b f>n"), Node("FlowFork", "f", "\"branches\":" + Wrap("List<String>", "Object", "[\"A\",\"B\"]")), Write("a", "a"), Write("b", "b"), Write("n", "n")), "a b", "Finished" },
        { "flow switch yields its labels", Flowchart(Connect("w:A>a w:B>b w:Default>n"), Switch("FlowSwitch", "MatchAny", "w"), Write("a", "a"), Write("b", "b"), Write("n", "n")), "a b", "Finished" },
        { "end lets one queued step run", Flowchart(Connect("s>e s>a s>b"), Node("Start", "s"), Node("End", "e"), Write("a", "a"), Write("b", "b")), "a", "Finished" },
        { "an unknown activity faults when executed", Sequence(Write("a", "a"), Node("Nonsense", "n"), Write("b", "b")), "a", "Faulted" },
        { "a delay is waited for", Sequence(Write("a", "a"), Node("Delay", "d", Delay), Write("b", "b")), "a b", "Finished" },
        { "a flowchart loop over a join", Flowchart(Connect("s>a s>b a>j b>j j>d d:True>s d:False>z"), Node("RunJavaScript", "s", "\"script\":" + Literal("setVariable('n', (getVariable('n') || 0) + 1)")), Write("a", "a"), Write("b", "b"), Join("j", "WaitAll"), Node("FlowDecision", "d", $"\"condition\":{Js("getVariable('n') < 2", "Boolean")}"), Write("z", "z")), "a b a b z", "Finished" },
        { "an illegal backward edge faults", Flowchart(Connect("s>a s>b a>b b>a2 a2>a"), Write("s", "s"), Write("a", "a"), Write("b", "b"), Write("a2", "a2")), "s a b a2", "Faulted" },
        { "set name, correlate", Sequence(Node("SetName", "n", "\"value\":" + Literal("N")), Node("Correlate", "c", "\"correlationId\":" + Literal("C")), WriteJs("w", "getWorkflowInstanceName() + getCorrelationId()")), "NC", "Finished" },
        { "publish local resumes the run's own event", Node("Parallel", "p", $"\"activities\":[{Named("x", Node("Event", "e", "\"eventName\":" + Literal("X")), WriteJs("r", "getLastResult()"))},{Node("PublishEvent", "q", $"\"eventName\":{Literal("X")},\"isLocalEvent\":{Literal("true", "Boolean")},\"payload\":{Literal("hello", "Object")}")}]"), "hello", "Finished" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_Definition_WritesLines(string name, string root, string lines, string subStatus)
    {
        var run = await new ScenarioRun().RunAsync(Definition(root));

        Assert.Equal(lines, string.Join(' ', run.Lines));
        Assert.True(subStatus == run.SubStatus.ToString(), $"{name}: {run.SubStatus} {string.Join(' ', run.Incidents.Select(i => i.Failure.Message.En))}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_SavedAndRestoredAtEveryStep_IsTheSame(string name, string root, string lines, string subStatus)
    {
        var plain = new ScenarioRun();
        var saved = new ScenarioRun { SavesAlways = true };
        var expected = await plain.RunAsync(Definition(root));

        var run = await saved.RunAsync(Definition(root));

        Assert.Equal(lines, string.Join(' ', run.Lines));
        Assert.True(subStatus == run.SubStatus.ToString(), name);
        Assert.Equal(expected.Output.ToJsonString(), run.Output.ToJsonString());
        Assert.Equal(plain.Happened.OfType<StepStarted>().Select(e => e.StepId + e.NodeId), saved.Happened.OfType<StepStarted>().Select(e => e.StepId + e.NodeId));
    }

    [Fact]
    public async Task Run_ContinueWithIncidents_StaysSuspended()
    {
        var root = Node("Parallel", "p", $"\"activities\":[{Node("Fault", "f", "\"message\":" + Literal("boo"))},{Write("b", "b")}]");

        var run = await new ScenarioRun().RunAsync(Definition(root, """
            "options":{"incidentStrategyType":"Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core"}
            """));

        Assert.Equal(ExecutionSubStatus.Suspended, run.SubStatus);
        Assert.Equal("boo", Assert.Single(run.Incidents).Failure.Message.En);
    }

    [Fact]
    public async Task Run_FinishAfterFault_Finishes()
    {
        var root = Node("Parallel", "p", $"\"activities\":[{Node("Fault", "f", "\"message\":" + Literal("boo"))},{Node("Finish", "b")},{Write("n", "never")}]");

        var run = await new ScenarioRun().RunAsync(Definition(root));

        Assert.Equal((ExecutionStatus.Finished, ExecutionSubStatus.Finished), (run.Status, run.SubStatus));
        Assert.Equal("boo", Assert.Single(run.Incidents).Failure.Message.En);
        Assert.Empty(run.Lines);
    }

    [Fact]
    public async Task Run_LongDeadPath_IsSkipped()
    {
        var nodes = Enumerable.Range(0, 1900).Select(i => Node("Start", $"a{i}"));
        var connections = Enumerable.Range(1, 1899).Select(i => $"a{i - 1}>a{i}");
        var root = Flowchart(Connect($"d:True>a0 d:False>j a1899>j {string.Join(' ', connections)}"), [Node("FlowDecision", "d", $"\"condition\":{Js("false", "Boolean")}"), Write("j", "j"), .. nodes.Select(n => n.Replace("Elsa.Start", "Elsa.FlowNode", StringComparison.Ordinal))]);

        var run = await new ScenarioRun().RunAsync(Definition(root));

        Assert.Equal(["j"], run.Lines);
        Assert.Equal(ExecutionSubStatus.Finished, run.SubStatus);
    }

    [Fact]
    public async Task Run_EndlessLoop_FaultsAtTheLimit()
    {
        var root = Node("For", "l", $"\"step\":null,\"end\":{Literal("1", "Int32")},\"body\":{Node("Start", "n")}");

        var run = await new ScenarioRun { Limits = new EngineLimits { MaxSteps = 500 } }.RunAsync(Definition(root));

        Assert.Equal(ExecutionSubStatus.Faulted, run.SubStatus);
        Assert.Equal("IB2007", Assert.Single(run.Incidents).Failure.Code);
    }

    private static string For(int start, int end, int step, string? body) => Node("For", "l",
        $"\"start\":{Literal($"{start}", "Int32")},\"end\":{Literal($"{end}", "Int32")},\"step\":{Literal($"{step}", "Int32")}" + (body is null ? "" : $",\"body\":{body}"));

    private static string ForEach(string items, string body) => Node("ForEach", "e", $"\"items\":{Literal(items, "Object")},\"body\":{body}");

    private static string Named(string id, params string[] activities) => Node("Sequence", id, $"\"activities\":[{string.Join(',', activities)}]");

    private static string Join(string id, string mode) => Node("FlowJoin", id, "\"mode\":" + Literal(mode, "FlowJoinMode"));

    private static string Switch(string type, string mode, string id = "w") => Node(type, id, $$$"""
        "mode":{{{Literal(mode, "SwitchMode")}}},"cases":[
        {"label":"N","condition":{"type":"JavaScript","value":"false"},"activity":{{{Write("n", "N")}}}},
        {"label":"A","condition":{"type":"JavaScript","value":"1 + 1 == 2"},"activity":{{{Write("a", "A")}}}},
        {"label":"B","condition":{"type":"Literal","value":"true"},"activity":{{{Write("b", "B")}}}}]
        """);
}
