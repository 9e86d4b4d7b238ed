using IndustryBrain.Plugins.Expressions;
using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Escape.Tests.Expressions;

/// <summary>What an expression does to its process is over with it: its code answers it, and nobody else notices.</summary>
[Collection("one machine, attacked by one test at a time")]
public sealed class HostileExpressionTests(JailedExpressions jailed)
{
    private const string Refused = "IB2114";
    private const string Memory = "IB2106";
    private const string Time = "IB2105";
    private const string Deep = "IB2107";
    private const string Ended = "IB2060";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Attacks => new()
    {
        // Files, network, processes, reflection.
        { "CSharp", "System.IO.File.ReadAllText(\"/etc/passwd\")", Refused },
        { "CSharp", "new System.Net.Http.HttpClient().GetStringAsync(\"http://127.0.0.1\").Result", "IB2102" },
        { "CSharp", "System.Diagnostics.Process.Start(\"id\")", "IB2102" },
        { "CSharp", "\"\".GetType().Assembly.GetTypes().Length", Refused },
        { "CSharp", "System.Runtime.InteropServices.Marshal.AllocHGlobal(1 << 30)", Refused },
        { "JavaScript", "System.IO.File.ReadAllText('/etc/passwd')", "IB2101" },
        { "JavaScript", "(() => {}).constructor('return 1')()", "IB2101" },
        { "Liquid", "{% include '/etc/passwd' %}", "IB2102" },

        // Loops, depth, size.
        { "CSharp", "while (true) { }", Time },
        { "JavaScript", "while (true) {}", "IB2108" },
        { "JavaScript", "/(a+)+$/.test('a'.repeat(40) + 'b')", Time },
        { "Liquid", "{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}", "IB2108" },
        { "CSharp", "Func<int, int> f = null; f = x => f(x + 1) + 1; return f(0);", Deep },
        { "CSharp", "IEnumerable<int> q = new[] { 1 }; for (var i = 0; i < 100000; i++) q = q.Where(x => x > 0); return q.Count();", Deep },
        { "CSharp", "Action g = async () => { throw new Exception(\"boom\"); }; g(); return 7;", Refused },
        { "CSharp", "var s = \"x\"; while (true) s += s;", Memory },
        { "JavaScript", "let a = []; while (true) a.push('x'.repeat(1e5) + a.length)", Memory },
        { "Liquid", "{% assign s = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}", Memory },

        // What ends the process: nothing in it can answer any more.
        { "CSharp", "object o = 1; for (var i = 0; i < 200000; i++) o = new { o }; return new[] { o, o }.Distinct().Count();", Ended },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Attack_EndsWithItsCode_AndHarmsNobody(string language, string source, string code)
    {
        var (attacker, neighbour) = (jailed.Workers.Of("attacker"), jailed.Workers.Of("neighbour"));
        await GreetsAsync(neighbour);
        var before = jailed.Workers.Processes;

        var answer = await attacker.EvaluateAsync(new(language, source, false, new MemoryScope()), Ct);

        Assert.Equal(code, answer.Failure?.Code);
        await GreetsAsync(attacker);
        await GreetsAsync(neighbour);
        Assert.Contains(jailed.Workers.Processes, before.Contains);
    }

    [Fact]
    public async Task Crash_AmongOthersOfTheOrganization_FailsOnlyTheOneThatCrashed()
    {
        var organization = jailed.Workers.Of("crowd");
        var crash = organization.EvaluateAsync(new("CSharp", "object o = 1; for (var i = 0; i < 200000; i++) o = new { o }; return new[] { o, o }.Distinct().Count();", false, new MemoryScope()), Ct).AsTask();

        var others = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => organization.EvaluateAsync(new("JavaScript", $"let s = 0; for (let i = 0; i < 2000; i++) s += i; s + {i}", false, new MemoryScope()), Ct).AsTask(), Ct)));

        Assert.Equal(Ended, (await crash).Failure?.Code);
        Assert.All(others, other => Assert.Null(other.Failure));
    }

    [Theory]
    [InlineData("Object[('as'+'sign')]/**/(Object.prototype, Object.fromEntries/**/([['toJSON', Reflect.apply/**/(Function.prototype.bind, String.prototype.valueOf, ['ATTACKER'])]])), 1")]
    [InlineData("Object.prototype.toJSON = () => 'ATTACKER'")]
    [InlineData("Object.defineProperty(Object.prototype, 'name', { get() { return 'ATTACKER' } }), 1")]
    [InlineData("getInput = () => 'ATTACKER'")]
    [InlineData("Math.round = () => 'ATTACKER'")]
    [InlineData("Math.round.constructor")]
    [InlineData("getInput.call.call.apply")]
    [InlineData("globalThis.kept = getInput('name')")]
    [InlineData("variables.constructor.prototype.toJSON = 1")]
    [InlineData("''.constructor.prototype.repeat = 1")]
    public async Task Script_ThatChangesItsEngine_ChangesItForNobodyElse(string source)
    {
        var organization = jailed.Workers.Of("shared");
        for (var i = 0; i < 24; i++)
            await organization.EvaluateAsync(new("JavaScript", i < 20 ? $"{i}" : source, false, new MemoryScope()), Ct);

        foreach (var (other, expected) in new[] { ("getInput('name')", "Ada"), ("getInput('name') + Math.round(1.4)", "Ada1"), ("typeof kept", "undefined"), ("getVariable('order').lines[0].count + ''", "2") })
            Assert.Equal(expected, (await organization.EvaluateAsync(new("JavaScript", other, false, new MemoryScope()), Ct)).TryGet(out var value, out var failure) ? value.Value : failure.Message.En);
    }

    [Fact]
    public async Task Worker_IsOneForAnOrganization_AndForNoOther()
    {
        await using var workers = JailedExpressions.New(new ExpressionOptions { WarmWorkers = 0, StepTimeout = TimeSpan.FromMinutes(1) });
        await GreetsAsync(workers.Of("one"));
        await GreetsAsync(workers.Of("one"));
        var one = Assert.Single(workers.Processes);

        await GreetsAsync(workers.Of("other"));

        Assert.Contains(one, workers.Processes);
        Assert.Equal(2, workers.Processes.Count);
    }

    [Fact]
    public async Task Worker_IsConfined()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no jail.");
        await GreetsAsync(jailed.Workers.Of("attacker"));

        foreach (var process in jailed.Workers.Processes)
        {
            var status = await File.ReadAllTextAsync($"/proc/{process}/status", Ct);
            var limits = await File.ReadAllTextAsync($"/proc/{process}/limits", Ct);

            Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
            Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
            Assert.DoesNotMatch("Max (data size|address space) +unlimited", limits);
        }
    }

    [Fact]
    public async Task Sources_ThatAreManyAndDistinct_LeaveNothingBehind()
    {
        var (count, kept) = Environment.GetEnvironmentVariable("IB_TESTS_LONG") == "1" ? (10_000, 64L << 20) : (150, 160L << 20);
        await using var workers = JailedExpressions.New(new ExpressionOptions { WarmWorkers = 0, StepTimeout = TimeSpan.FromMinutes(1) });
        var organization = workers.Of("many");
        long settled = 0;

        for (var i = 0; i < count; i++)
        {
            var source = new ExpressionRequest[] { new("CSharp", $"{i} + 1", false, new MemoryScope()), new("JavaScript", $"{i} + 1", false, new MemoryScope()), new("Liquid", $"{{{{ {i} | plus: 1 }}}}", false, new MemoryScope()) };
            var results = await organization.EvaluateAllAsync(source, Ct);
            Assert.All(results, result => Assert.Null(result.Failure));
            Assert.Equal(3, results.Count);
            if (i == count * 2 / 3)
                settled = ResidentBytes(workers.Processes[0]);
        }

        Assert.InRange(ResidentBytes(Assert.Single(workers.Processes)), 0, settled + kept);
    }

    private static long ResidentBytes(int process)
    {
        using var worker = System.Diagnostics.Process.GetProcessById(process);
        return worker.WorkingSet64;
    }

    private static async Task GreetsAsync(IExpressionEvaluator organization) =>
        Assert.Equal("Ada", (await organization.EvaluateAsync(new("JavaScript", "getInput('name')", false, new MemoryScope()), Ct)).TryGet(out var value, out var failure) ? value.Value : failure.Message.En);
}
