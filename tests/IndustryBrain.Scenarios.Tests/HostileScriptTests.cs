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
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Evaluate_HostileSource_FaultsAndNothingElse(string source)
    {
        var before = GC.GetTotalMemory(false);

        var run = await new ScenarioRun().RunAsync(Definition(Sequence(WriteJs("w", source))));

        Assert.True(run.SubStatus == ExecutionSubStatus.Faulted || run.Lines[0].Length < 100, string.Join(' ', run.Lines));
        Assert.True(GC.GetTotalMemory(true) - before < 200_000_000);
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
    public void Limits_HaveDefaults() => Assert.Equal(200, ExpressionLimits.Default.TimeoutMilliseconds);
}
