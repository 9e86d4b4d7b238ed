using System.Buffers;
using System.Text;
using CsCheck;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

/// <summary>Whenever a run is saved, wherever its node dies, and however many nodes take it over: it ends as if nothing had happened, and what is on record has happened once.</summary>
public sealed class CrashTests
{
    /// <summary>When a shell saves.</summary>
    public enum Policy
    {
        /// <summary>After each step.</summary>
        EachStep,

        /// <summary>After some steps.</summary>
        SomeSteps,

        /// <summary>Whenever the run waits for an answer.</summary>
        Waits,

        /// <summary>When it has ended: each node begins anew.</summary>
        End,
    }

    [Fact]
    public async Task Run_RandomDefinitions_EndAlikeUnderEveryPolicyNodeCountAndCrash() =>
        await Gen.Select(Gen.Int[0, 17].Array[4, 40], Gen.Enum<Policy>(), Gen.Int[1, 3], Gen.Int[1, 12].Array[1, 8]).SampleAsync(
            async choice =>
            {
                var (choices, policy, nodes, crashes) = choice;
                var json = Encoding.UTF8.GetBytes(Definition(new RestoreTests.Builder(choices).Node(0), $"\"variables\":[{Variable("x", "Int32", "0")}]"));
                var calm = new Shell(json, 1, Policy.End, []);
                var rough = new Shell(json, nodes, policy, crashes);

                var expected = await calm.RunAsync();
                var run = await rough.RunAsync();

                return expected.SubStatus == run.SubStatus
                    && expected.Lines.SequenceEqual(run.Lines)
                    && expected.Output.ToJsonString() == run.Output.ToJsonString()
                    && expected.Incidents.Select(i => i.Failure.Code).SequenceEqual(run.Incidents.Select(i => i.Failure.Code))
                    && calm.Recorded.SequenceEqual(rough.Recorded);
            },
            iter: LongTests.Iterations(150, 20_000),
            threads: 1);

    /// <summary>Nodes that share nothing but what was saved: each reads the definition itself.</summary>
    private sealed class Shell(byte[] json, int nodes, Policy policy, int[] crashes)
    {
        private const int Most = 5_000;

        private readonly (ScenarioDefinition Definition, ExecutionServices Services)[] _nodes =
            [.. Enumerable.Range(0, nodes).Select(_ => (ScenarioDefinition.Read(json).Definition!, new ExecutionServices(new ScenarioRun(), new JavaScriptEvaluator(), TimeProvider.System, EngineLimits.Default)))];

        private readonly Queue<int> _crashes = new(crashes);
        private readonly List<string> _unrecorded = [];
        private ReadOnlyMemory<byte> _saved;
        private int _points;
        private int _takenOver;

        /// <summary>What happened, as far as it was saved.</summary>
        public List<string> Recorded { get; } = [];

        public async Task<ScenarioExecution> RunAsync()
        {
            var ct = TestContext.Current.CancellationToken;
            var run = ScenarioExecution.Start(_nodes[0].Definition, _nodes[0].Services, new ExecutionStart("run1", default));
            Save(run);
            for (var round = 0; round < Most; round++)
            {
                var goesOn = await run.ContinueAsync(TimeSpan.Zero, ct);
                var hasEnded = run.Status == ExecutionStatus.Finished || (!goesOn && run.PendingCalls.Count == 0 && run.Bookmarks.Count == 0);
                if (!goesOn)
                    Answer(run);
                _unrecorded.AddRange(run.TakeEvents().Select(RestoreTests.Text));
                if (hasEnded || policy == Policy.EachStep || (policy == Policy.Waits && !goesOn) || (policy == Policy.SomeSteps && _points % 3 == 0))
                    Save(run);
                if (Dies())
                    run = TakeOver();
                else if (hasEnded)
                    return run;
            }

            throw new InvalidOperationException("The run does not end.");
        }

        private static void Answer(ScenarioExecution run)
        {
            if (run.PendingCalls.Count > 0)
                run.CompleteCall(run.PendingCalls[0].StepId, ScenarioRun.Answer(run.PendingCalls[0]));
            else if (run.Bookmarks.Count > 0)
                Assert.True(run.Resume(run.Bookmarks[0].Id, null));
        }

        private bool Dies() => _crashes.TryPeek(out var at) && ++_points % at == 0 && _crashes.TryDequeue(out _);

        private void Save(ScenarioExecution run)
        {
            var buffer = new ArrayBufferWriter<byte>();
            run.Save(buffer);
            _saved = buffer.WrittenMemory;
            Recorded.AddRange(_unrecorded);
            _unrecorded.Clear();
        }

        private ScenarioExecution TakeOver()
        {
            _unrecorded.Clear();
            var (definition, services) = _nodes[++_takenOver % _nodes.Length];
            Assert.True(ScenarioExecution.Restore(definition, services, _saved).TryGet(out var run, out var failure), failure?.Message.En);
            return run;
        }
    }
}
