using System.Buffers;
using System.Text;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

/// <summary>How often a step is tried, and how long an attempt may take.</summary>
public sealed class AttemptTests
{
    private readonly Clock _clock = new();

    [Theory]
    [InlineData("""{"attempts":3,"firstDelay":"00:00:10","factor":2,"jitter":0}""", true, "10 20 | 3 faulted")]
    [InlineData("""{"attempts":4,"firstDelay":"00:00:10","factor":10,"maxDelay":"00:00:50","jitter":0}""", true, "10 50 50 | 4 faulted")]
    [InlineData("""{"attempts":3,"firstDelay":"00:00:00"}""", true, "| 3 faulted")]
    [InlineData("""{"attempts":3}""", false, "| 1 faulted")]
    [InlineData("""{"attempts":2,"firstDelay":"00:00:10","jitter":0,"errors":"all"}""", false, "10 | 2 faulted")]
    [InlineData("""{"attempts":2,"firstDelay":"00:00:10","jitter":0,"errors":["test:BROKEN"]}""", false, "10 | 2 faulted")]
    [InlineData("""{"attempts":2,"errors":["other:CODE"]}""", true, "| 1 faulted")]
    public async Task Run_OfAComponentThatFails_TriesAsItsPolicySays(string policy, bool isTransient, string expected)
    {
        var definition = Read(Sequence(Tool($$"""{"retry":{{policy}}}""")));
        var run = Start(definition);
        List<double> waited = [];
        var attempts = 0;
        for (var round = 0; round < 50 && run.Status == ExecutionStatus.Running; round++)
        {
            await run.ContinueAsync(TestContext.Current.CancellationToken);
            run = Restored(run, definition);
            if (run.PendingCalls is [var call])
            {
                Assert.Equal(attempts++, call.EarlierAttempts);
                run.CompleteCall(call.StepId, new Failure("test:BROKEN", new("坏了", "Broken.")) { IsTransient = isTransient });
            }
            else if (run.Bookmarks is [{ Name: ScenarioExecution.PauseName, Due: { } due } bookmark])
            {
                waited.Add((due - _clock.GetUtcNow()).TotalSeconds);
                _clock.MoveTo(due);
                run.Resume(bookmark.Id, null);
            }
        }

        Assert.Equal(expected, $"{string.Join(' ', waited)} | {attempts} {run.SubStatus.ToString().ToLowerInvariant()}".TrimStart());
        Assert.Equal(attempts, Assert.Single(run.BrokenSteps).Attempt);
    }

    [Fact]
    public async Task Jitter_IsChanceThatTheSameRunHasEachTime()
    {
        var root = Sequence(Tool("""{"retry":{"attempts":2,"firstDelay":"00:01:40","jitter":0.5}}"""));
        var delays = new Dictionary<string, double>();
        foreach (var id in (string[])["r1", "r1", "r2", "r3"])
        {
            var run = ScenarioExecution.Start(Read(root), Services(), new ExecutionStart(id, default));
            await run.ContinueAsync(TestContext.Current.CancellationToken);
            run.CompleteCall(run.PendingCalls[0].StepId, new Failure("test:BROKEN", new("坏了", "Broken.")) { IsTransient = true });
            await run.ContinueAsync(TestContext.Current.CancellationToken);
            var delay = (Assert.Single(run.Bookmarks).Due!.Value - _clock.GetUtcNow()).TotalSeconds;

            Assert.InRange(delay, 50, 100);
            Assert.True(!delays.TryGetValue(id, out var before) || before.Equals(delay));
            delays[id] = delay;
        }

        Assert.Equal(3, delays.Values.Distinct().Count());
    }

    [Fact]
    public async Task Retry_TheActivity_TakesItsJitterInTheSameWay()
    {
        var boo = Node("Fault", "boo", "\"message\":" + Literal("boo"));
        var run = Start(Read($$"""{"type":"IndustryBrain.Retry","id":"r","version":1,"customProperties":{},"metadata":{},"delay":{{Literal("00:01:40", "TimeSpan")}},"jitter":1,"body":{{boo}}}"""));
        await run.ContinueAsync(TestContext.Current.CancellationToken);

        Assert.InRange((Assert.Single(run.Bookmarks).Due!.Value - _clock.GetUtcNow()).TotalSeconds, 0, 99.9999);
    }

    [Fact]
    public async Task Timeout_OfACall_EndsTheAttemptAndIsTriedAgain()
    {
        var definition = Read(Sequence(Tool("""{"timeout":"00:00:30","retry":{"attempts":2,"firstDelay":"00:00:00"}}"""), Write("a", "after")));
        var run = Start(definition);
        await run.ContinueAsync(TestContext.Current.CancellationToken);
        var (first, deadline) = (Assert.Single(run.PendingCalls), Assert.Single(run.Bookmarks));
        Assert.Equal((ScenarioExecution.DeadlineName, 30), (deadline.Name, (deadline.Due!.Value - _clock.GetUtcNow()).TotalSeconds));

        run = Restored(run, definition);
        run.Resume(deadline.Id, null);
        await run.ContinueAsync(TestContext.Current.CancellationToken);
        var second = Assert.Single(run.PendingCalls);
        run.CompleteCall(second.StepId, ScenarioRun.Json("""{"number":1}"""));
        await run.ContinueAsync(TestContext.Current.CancellationToken);

        Assert.Equal((first.StepId, 0, 1), (second.StepId, first.EarlierAttempts, second.EarlierAttempts));
        Assert.Equal((ExecutionSubStatus.Finished, "after", 0), (run.SubStatus, Assert.Single(run.Lines), run.Bookmarks.Count));
    }

    [Fact]
    public async Task Timeout_OfAContainer_GivesUpWhatWaitsInIt()
    {
        var wait = Node("Sequence", "w", "\"activities\":[" + Node("Event", "e", "\"eventName\":" + Literal("Never")) + "]").Replace("\"id\":\"w\",\"version\":1,\"customProperties\":{}", """ "id":"w","version":1,"customProperties":{"industryBrain":{"timeout":"00:10:00"}} """, StringComparison.Ordinal);
        var run = Start(Read(Sequence(wait)));
        await run.ContinueAsync(TestContext.Current.CancellationToken);

        run.Resume(run.Bookmarks.Single(b => b.Name == ScenarioExecution.DeadlineName).Id, null);
        await run.ContinueAsync(TestContext.Current.CancellationToken);

        Assert.Equal((ExecutionSubStatus.Faulted, "IB3090"), (run.SubStatus, Assert.Single(run.Incidents).Failure.Code));
        Assert.Contains(run.TakeEvents(), e => e is StepCancelled);
    }

    [Fact]
    public async Task Policy_OfAContainer_TriesItWholeAgain()
    {
        var body = Node("Sequence", "w", $"\"activities\":[{Write("a", "a")},{Tool("{}")}]").Replace("\"id\":\"w\",\"version\":1,\"customProperties\":{}", """ "id":"w","version":1,"customProperties":{"industryBrain":{"retry":{"attempts":2,"firstDelay":"00:00:00"}}} """, StringComparison.Ordinal);
        var definition = Read(Sequence(body, Write("z", "z")));
        var run = Start(definition);
        for (var fails = true; run.Status == ExecutionStatus.Running; fails = false)
        {
            await run.ContinueAsync(TestContext.Current.CancellationToken);
            run = Restored(run, definition);
            if (run.PendingCalls is [var call])
                run.CompleteCall(call.StepId, fails ? new Failure("test:BROKEN", new("坏了", "Broken.")) { IsTransient = true } : ScenarioRun.Json("{}"));
        }

        Assert.Equal((ExecutionSubStatus.Finished, "a a z"), (run.SubStatus, string.Join(' ', run.Lines)));
    }

    [Theory]
    [InlineData("""{"retry":{"attempts":0}}""", "IBS0090 attempts")]
    [InlineData("""{"retry":{"attempts":2.5}}""", "IBS0090 attempts")]
    [InlineData("""{"retry":{"firstDelay":"soon"}}""", "IBS0090 firstDelay")]
    [InlineData("""{"retry":{"firstDelay":"00:10:00","maxDelay":"00:01:00"}}""", "IBS0090 maxDelay")]
    [InlineData("""{"retry":{"factor":0.5}}""", "IBS0090 factor")]
    [InlineData("""{"retry":{"jitter":2}}""", "IBS0090 jitter")]
    [InlineData("""{"retry":{"errors":"some"}}""", "IBS0090 errors")]
    [InlineData("""{"retry":{"tries":3}}""", "IBS0090 tries")]
    [InlineData("""{"retry":3}""", "IBS0090 retry")]
    [InlineData("""{"timeout":"00:00:00"}""", "IBS0091 ")]
    [InlineData("""{"timeout":90}""", "IBS0091 ")]
    [InlineData("""{"timeout":"00:01:30","retry":{"attempts":5,"errors":["a:B"]}}""", "")]
    public void Validate_ImpossiblePolicies_AreFound(string ours, string expected)
    {
        var found = ScenarioValidator.Validate(Read(Sequence(Tool(ours))), new ScenarioRun()).Where(f => f.Rule is "IBS0090" or "IBS0091").Select(f => $"{f.Rule} {(f.Rule == "IBS0090" ? f.Where!.Split('.')[^1] : "")}");

        Assert.Equal(expected, string.Join(' ', found));
    }

    private static string Tool(string ours) => """{"type":"IndustryBrain.test.tool","id":"t","version":1,"customProperties":{"industryBrain":OURS},"metadata":{},"number":{"typeName":"Double","expression":{"type":"Literal","value":1}}}"""
        .Replace("OURS", ours, StringComparison.Ordinal);

    private static ScenarioDefinition Read(string root) => ScenarioDefinition.Read(Encoding.UTF8.GetBytes(Definition(root))).Definition!;

    private ExecutionServices Services() => new(new ScenarioRun(), new JavaScriptEvaluator(), _clock, EngineLimits.Default);

    private ScenarioExecution Start(ScenarioDefinition definition) => ScenarioExecution.Start(definition, Services(), new ExecutionStart("r", default));

    private ScenarioExecution Restored(ScenarioExecution run, ScenarioDefinition definition)
    {
        run.TakeEvents();
        var buffer = new ArrayBufferWriter<byte>();
        run.Save(buffer);
        Assert.True(ScenarioExecution.Restore(definition, Services(), buffer.WrittenMemory).TryGet(out var restored, out var failure), failure?.Message.En);
        return restored;
    }

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public void MoveTo(DateTimeOffset now) => _now = now;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
