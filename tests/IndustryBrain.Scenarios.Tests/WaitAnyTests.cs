using CsCheck;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class WaitAnyTests
{
    /// <summary>In a graph without a way back nothing runs twice, however many joins wait for any branch and whatever waits in between.</summary>
    [Fact]
    public async Task Run_RandomGraphWithoutLoops_RunsEachActivityOnce() =>
        await Gen.Select(Gen.Int[0, 5].Array[3, 10], Gen.Int[0, 99].Array[10, 40]).SampleAsync(
            async choice =>
            {
                var (kinds, edges) = choice;
                var nodes = kinds.Select((kind, i) => Activity($"n{i}", kind)).ToArray();
                var connections = edges.Select(e => (From: e % kinds.Length, To: e / 10 % kinds.Length)).Where(e => e.From < e.To).Distinct().Select(e => $"n{e.From}:{Port(kinds[e.From])}>n{e.To}");
                var run = new ScenarioRun { SavesAlways = true };

                var ended = await run.RunAsync(Definition(Flowchart(Connect(string.Join(' ', connections)), nodes)));

                var started = run.Happened.OfType<StepStarted>().Select(e => e.NodeId).ToArray();
                return started.Distinct().Count() == started.Length && ended.SubStatus == ExecutionSubStatus.Finished;
            },
            iter: LongTests.Iterations(400, 20_000),
            threads: 1);

    private static string Port(int kind) => kind == 4 ? "True" : "Done";

    private static string Activity(string id, int kind) => kind switch
    {
        0 => Node("FlowJoin", id, "\"mode\":" + Literal("WaitAny")),
        1 => Node("FlowJoin", id, "\"mode\":" + Literal("WaitAll")),
        2 => Node("Event", id, "\"eventName\":" + Literal("X")),
        3 => Node("Delay", id, "\"timeSpan\":" + Literal("00:00:01", "TimeSpan")),
        4 => Node("FlowDecision", id, "\"condition\":" + Literal("true", "Boolean")),
        _ => Write(id, id),
    };
}
