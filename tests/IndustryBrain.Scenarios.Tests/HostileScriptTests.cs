using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class HostileScriptTests
{
    public static TheoryData<string> Sources() =>
    [
        "while (true) {}",
        "'x'.repeat(5e8)",
        "'x'.padEnd(5e8)",
        "'x'.repeat(4e6).replaceAll('x', 'y'.repeat(4e6))",
        "'x'.repeat(4e6).split('').join('y'.repeat(1e6))",
        "new ArrayBuffer(2e9)",
        "new Uint8Array(2e9)",
        "Array.from({length: 1e9})",
        "new Array(1e9).fill(0)",
        "let s = 'x'; while (true) s += s;",
        "let a = []; while (true) a.push([1, 2, 3]);",
        "const f = n => f(n + 1); f(0)",
        "let a = []; for (let i = 0; i < 30000; i++) a = [a]; JSON.stringify(a)",
        "let a = []; for (let i = 0; i < 30000; i++) a = [a]; a",
        "const a = {}; a.a = a; a",
        "let a = Array(2000).fill(1); a = Array(2000).fill(a); a = Array(2000).fill(a); a",
        "eval('1')",
        "new Function('return 1')()",
        "(() => {}).constructor('return 1')()",
        "System.IO.File.ReadAllText('/etc/passwd')",
        "importNamespace('System')",
        "/(a+)+$/.test('a'.repeat(40) + 'b')",
        "throw {}",
        "1 +* 2",
        "new Promise(() => {})",
        "setTimeout(() => {}, 1)",
        "getOutputFrom.constructor('return this')()",
        "(async () => { await new Promise(() => {}); })()",
        "({toJSON(){ while (true) {} }})",
        "({get a(){ while (true) {} }})",
        "throw {get message(){ while (true) {} }}",
        "throw {toJSON(){ while (true) {} }}",
        "throw new Proxy({}, {get(){ while (true) {} }})",
        "new Proxy({}, {ownKeys(){ while (true) {} }})",
        "({toString(){ return this + '' }}) + ''",
        "({get a(){ return this.a }}).a",
        "(function f(){ try { f() } finally { f() } })()",
        "'a'.repeat(38).concat('!').replace(/^(([a-z])+.)+[A-Z]([a-z])+$/, 'x')",
        "JSON.parse('['.repeat(100000))",
        "let a = []; a.length = 4294967295; a.join()",
        "BigInt('9'.repeat(1e6))",
        "1n << 1000000000n",
        "new Date().toTemporalInstant()",
        "Temporal.Now.instant()",
        "new ShadowRealm().evaluate('1')",
        "Array.prototype.with.call({ length: 2 ** 53 - 1 }, 0, 0)",
        "Array.prototype.toReversed.call({ length: 2 ** 53 - 1 })",
        "Array.prototype.toSorted.call({ length: 2 ** 53 - 1 })",
        "Array.prototype.toSpliced.call({ length: 2 ** 53 - 1 }, 0, 0)",
        "Array.prototype.with.call({ length: 2 ** 32 }, 0, 0)",
        "Array.prototype.toReversed.call({ length: 3e9 })",
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Evaluate_HostileSource_FaultsAndNothingElse(string source)
    {
        var (before, started) = (GC.GetTotalMemory(false), TimeProvider.System.GetTimestamp());

        var run = await new ScenarioRun().RunAsync(Definition(Sequence(WriteJs("w", source))));

        Assert.True(run.SubStatus == ExecutionSubStatus.Faulted || run.Lines[0].Length < 100, string.Join(' ', run.Lines));
        Assert.True(GC.GetTotalMemory(true) - before < 200_000_000);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("throw {code: 7}", "The script failed: {\"code\":7} (line 1, column 7)")]
    [InlineData("throw {}", "The script failed: {}")]
    [InlineData("throw 'text'", "The script failed: text (line 1, column 7)")]
    [InlineData("throw new RangeError('too much')", "The script failed: too much (line 1, column 7)")]
    [InlineData("const x = 1;\n  missing.y", "The script failed: missing is not defined (line 2, column 3)")]
    [InlineData("1 +* 2", "The script has a syntax error: Unexpected token '*' (line 1, column 4)")]
    [InlineData("Promise.reject({code: 7})", "The script failed: {\"code\":7}")]
    [InlineData("Promise.reject(new Error('no'))", "The script failed: no")]
    [InlineData("new Promise(() => {})", "The promise that the script returned never settles.")]
    [InlineData("2n", "Expressions cannot use BigInt.")]
    public async Task Evaluate_Failure_SaysWhatAndWhere(string source, string message)
    {
        var run = await new ScenarioRun().RunAsync(Definition(Sequence(WriteJs("w", source))));

        var incident = Assert.Single(run.Incidents);
        Assert.Equal(("Workflow1:s1:w", "text"), (incident.NodeId, incident.Failure.Where));
        Assert.Equal($"Failed to evaluate activity input 'text': {message}", incident.Failure.Message.En);
    }

    [Fact]
    public async Task Evaluate_Pollution_DoesNotReachTheNext()
    {
        var root = Sequence(
            Node("RunJavaScript", "a", "\"script\":" + Literal("Array.prototype.map = () => 'bad'; Object.prototype.x = 1; globalThis.leak = 1; var v = 2")),
            WriteJs("w", "typeof leak + typeof v + ({}).x + [1].map(x => x)"));

        var run = await new ScenarioRun().RunAsync(Definition(root));

        Assert.Equal(["undefinedundefinedundefined1"], run.Lines);
    }

    [Fact]
    public async Task Evaluate_KeptWaitingLongerThanItsTime_IsNotEnded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the clock counts.");
        var run = await new ScenarioRun { Expressions = new JavaScriptEvaluator(new ExpressionLimits { TimeoutMilliseconds = 50 }), Time = new StallingTime() }
            .RunAsync(Definition(Sequence(WriteJs("w", "let n = new Date().getFullYear(); for (let i = 0; i < 2000; i++) n += 0; n > 2000"))));

        Assert.Equal(["true"], run.Lines.Select(l => l.ToLowerInvariant()));
    }

    [Fact]
    public void Limits_HaveDefaults() => Assert.Equal(200, ExpressionLimits.Default.TimeoutMilliseconds);

    // Whoever asks it waits as one does on a machine that has no processor to give.
    private sealed class StallingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            using var never = new ManualResetEventSlim();
            never.Wait(TimeSpan.FromMilliseconds(700));
            return base.GetUtcNow();
        }
    }
}
