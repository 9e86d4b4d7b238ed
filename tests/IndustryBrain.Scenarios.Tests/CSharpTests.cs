using System.Runtime.Loader;
using IndustryBrain.Expressions;
using IndustryBrain.Expressions.CSharp;
using IndustryBrain.Scenarios.Execution;
using static IndustryBrain.Scenarios.Tests.Elsa;

namespace IndustryBrain.Scenarios.Tests;

public sealed class CSharpTests
{
    // The sources wait for the same compiler: its first use alone takes seconds on a busy machine.
    private static readonly CSharpEvaluator Evaluator = new(new ExpressionLimits { TimeoutMilliseconds = 1_000, CompileTimeoutMilliseconds = 60_000 });

    [Theory]
    [InlineData("1 + 2", "3")]
    [InlineData("var x = 2; return x * 21;", "42")]
    [InlineData("var x = 2; x * 21", "42")]
    [InlineData("Variable.Total * 2", "10")]
    [InlineData("Variables.Get<int>(\"Total\") + 1", "6")]
    [InlineData("Variables.Set(\"Total\", 7); Variable.Get(\"Total\")", "7")]
    [InlineData("Variable.Total = 8; return Variable.Total;", "8")]
    [InlineData("Variable.OrderId ?? \"none\"", "none")]
    [InlineData("Variable.Get(\"orderId\")", "o-1")]
    [InlineData("Input.name + \"!\"", "Ada!")]
    [InlineData("Inputs.Get<string>(\"name\")", "Ada")]
    [InlineData("WorkflowInstanceId", "run1")]
    [InlineData("CorrelationId = \"c\"; return CorrelationId;", "c")]
    [InlineData("new[] { 3, 1, 2 }.OrderBy(x => x).First()", "1")]
    [InlineData("(from x in new[] { 1, 2, 3 } where x > 1 select x * x).Sum()", "13")]
    [InlineData("new[] { 3, 1, 2 }.Where(x => x > 1).OrderBy(x => x % 2).ThenByDescending(x => x).Select(x => $\"{x,2}\").First()", " 2")]
    [InlineData("var q = new[] { 1, 2 }.Select(x => new { x }); return q.Zip(q, (a, b) => a.x + b.x).Sum();", "6")]
    [InlineData("string.Join(\"|\", new Dictionary<string, int> { [\"a\"] = 1 }.OrderBy(p => p.Key).Select(p => p.Key + p.Value))", "a1")]
    [InlineData("new { a = 1, b = \"x\" }", "{\"a\":1,\"b\":\"x\"}")]
    [InlineData("string.Join(\",\", new List<int> { 1, 2 })", "1,2")]
    [InlineData("\"a-b\".Replace(\"-\", \"+\")", "a+b")]
    [InlineData("$\"{1.5:F2}|{\"x\",3}\"", "1.50|  x")]
    [InlineData("5 switch { > 3 => \"big\", _ => \"small\" }", "big")]
    [InlineData("Math.Max(1, 2) + decimal.Parse(\"1\")", "3")]
    [InlineData("Variable.Total is int n && n > 3 ? \"yes\" : \"no\"", "yes")]
    [InlineData("var d = new Dictionary<string, int>(); d[\"a\"] = 1; foreach (var p in d) d[p.Key] = 2; return d[\"a\"];", "2")]
    public async Task Evaluate_Source_Gives(string source, string expected)
    {
        var run = await RunAsync(source);

        Assert.Equal("", string.Concat(run.Incidents.Select(i => i.Failure.Message.En)));
        Assert.Equal([expected], run.Lines);
    }

    [Theory]
    [InlineData("System.IO.File.ReadAllText(\"/etc/passwd\")")]
    [InlineData("System.Diagnostics.Process.Start(\"id\")")]
    [InlineData("\"\".GetType().Assembly")]
    [InlineData("this.GetType()")]
    [InlineData("GetType()")]
    [InlineData("MemberwiseClone()")]
    [InlineData("typeof(string)")]
    [InlineData("dynamic d = 1; return d.ToString();")]
    [InlineData("Environment.Exit(1)")]
    [InlineData("Environment.GetEnvironmentVariable(\"PATH\")")]
    [InlineData("Func<string, string> f = System.IO.File.ReadAllText; return f(\"/etc/passwd\");")]
    [InlineData("Activator.CreateInstance(null, \"x\")")]
    [InlineData("AppDomain.CurrentDomain.GetAssemblies().Length")]
    [InlineData("System.Runtime.CompilerServices.Unsafe.As<string>(1)")]
    [InlineData("new System.Threading.Thread(() => { }).Start()")]
    [InlineData("System.Threading.Tasks.Task.Run(() => 1)")]
    [InlineData("GC.Collect()")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int getpid(); return getpid();")]
    [InlineData("#r \"System.Net.Http\"\n1")]
    [InlineData("#pragma warning disable\n1")]
    [InlineData("1; } public void X() { ")]
    [InlineData("1); X(); return (2")]
    [InlineData("} } } class B { static B() { } } class C { object M() { {")]
    [InlineData("class C { } 1")]
    [InlineData("using System.IO; 1")]
    [InlineData("extern alias x; 1")]
    [InlineData("new string('a', 1000000000)")]
    [InlineData("new List<int>(int.MaxValue)")]
    [InlineData("new int[1000000000]")]
    [InlineData("\"a\".PadLeft(1000000000)")]
    [InlineData("string.Format(\"{0,1000000000}\", 1)")]
    [InlineData("5.ToString(\"D999999999\")")]
    [InlineData("5.ToString(\"D\" + Variable.Total)")]
    [InlineData("$\"{5:D999999999}\"")]
    [InlineData("$\"{5,1000000000}\"")]
    [InlineData("Enumerable.Range(0, 2000000000).Sum()")]
    [InlineData("Enumerable.Repeat(1, 2000000000).ToList()")]
    [InlineData("unsafe { int x = 1; int* p = &x; return *p; }")]
    [InlineData("Span<int> s = stackalloc int[10]; return s.Length;")]
    [InlineData("lock (Variable) { return 1; }")]
    [InlineData("try { return 1; } catch { return 2; }")]
    [InlineData("await System.Threading.Tasks.Task.Yield()")]
    [InlineData("int F() { return 1; } return F();")]
    [InlineData("Func<int> f = () => 1; return f.Method.Name;")]
    [InlineData("Func<int> f = () => 1; return f.DynamicInvoke();")]
    [InlineData("new Exception().StackTrace")]
    [InlineData("System.Reflection.Assembly.Load(\"x\")")]
    [InlineData("Type.GetType(\"System.IO.File\")")]
    [InlineData("System.Text.Json.JsonSerializer.Serialize(1)")]
    [InlineData("new System.Net.Http.HttpClient()")]
    [InlineData("Console.WriteLine(1)")]
    [InlineData("new ScriptCall(null, true, null)")]
    [InlineData("_call.Scope")]
    [InlineData("CSharpValues.To(1)")]
    [InlineData("ExecutionContext.Cancel()")]
    [InlineData("var l = new List<int> { 1 }; while (true) l.AddRange(l);")]
    [InlineData("int[] a = [1]; while (true) a = [..a, ..a];")]
    [InlineData("var s = \"x\"; while (true) s = s.Insert(0, s);")]
    [InlineData("__makeref(Variable)")]
    [InlineData("Action a = () => { }; while (true) a += a;")]
    [InlineData("Action a = () => { }; while (true) a = a + a;")]
    [InlineData("new[] { 1 }.Sum(a => new[] { 1 }.Sum(b => new[] { 1 }.Sum(c => new[] { 1 }.Sum(d => new[] { 1 }.Sum(e => new[] { 1 }.Sum(f => new[] { 1 }.Sum(g => new[] { 1 }.Sum(h => new[] { 1 }.Sum(i => i)))))))))")]
    [InlineData("1 +* ")]
    public async Task Evaluate_ForbiddenSource_IsRefusedBeforeItRuns(string source)
    {
        var run = await RunAsync(source);

        Assert.Contains(Assert.Single(run.Incidents).Failure.Code, (string[])["IB2102", "IB2114"]);
    }

    [Theory]
    [InlineData("while (true) { }", "IB2105")]
    [InlineData("for (;;) ;", "IB2105")]
    [InlineData("a: goto a;", "IB2105")]
    [InlineData("Func<int, int> f = null; f = x => f(x + 1) + 1; return f(0);", "IB2107")]
    [InlineData("return Run();", "IB2105")]
    [InlineData("var s = \"x\"; while (true) s += s;", "IB2106")]
    [InlineData("var s = \"x\"; while (true) s = $\"{s}{s}\";", "IB2106")]
    [InlineData("var s = \"xx\"; while (true) s = s.Replace(\"x\", s);", "IB2106")]
    [InlineData("var s = \"x\"; while (true) s = string.Concat(s, s);", "IB2106")]
    [InlineData("IEnumerable<int> q = new[] { 1 }; for (var i = 0; i < 100000; i++) q = q.Where(x => x > 0); return q.Count();", "IB2107")]
    [InlineData("IEnumerable<int> q = new[] { 1 }; for (var i = 0; i < 100000; i++) q = q?.Select(x => x); return q.ToList();", "IB2107")]
    [InlineData("IEnumerable<int> q = new[] { 1 }; for (var i = 0; i < 100000; i++) q = new[] { 2 }.Except(q); return q.Count();", "IB2107")]
    [InlineData("IEnumerable<int> q = new[] { 1 }; for (var i = 0; i < 100000; i++) q = from x in q where x > 0 select x; return q.Count();", "IB2107")]
    [InlineData("IEnumerable<int> q = new[] { 1 }; for (var i = 0; i < 100000; i++) q = Enumerable.TakeWhile(q, x => true); return q.Count();", "IB2107")]
    [InlineData("var q = new[] { 1, 2 }.OrderBy(x => 1); for (var i = 0; i < 100000; i++) q = q.ThenBy(x => 1); return q.ToArray();", "IB2107")]
    [InlineData("var s = \"0123456789abcdef\"; for (var i = 0; i < 16; i++) s += s; return $\"{s}{s}{s}{s}{s}{s}{s}{s}{s}{s}{s}{s}\";", "IB2106")]
    [InlineData("object o = 1; for (var i = 0; i < 40; i++) o = new { a = o, b = o }; return $\"{o}\";", "IB2101")]
    [InlineData("object o = 1; for (var i = 0; i < 40; i++) o = (o, o); return \"\" + o;", "IB2101")]
    [InlineData("checked(int.MaxValue + Variable.Total)", "IB2101")]
    [InlineData("throw new Exception(\"no\");", "IB2101")]
    [InlineData("new Func<int>(() => 1)", "IB2101")]
    [InlineData("Outcome.Set(\"x\")", "IB2101")]
    public async Task Evaluate_SourceThatMisbehaves_EndsWithItsCode(string source, string code)
    {
        var failure = Assert.Single((await RunAsync(source)).Incidents).Failure;

        Assert.True(code == failure.Code, $"{failure.Code} {failure.Message.En}");
    }

    [Fact]
    public async Task Evaluate_Refused_SaysWhere()
    {
        var run = await RunAsync("var x = 1;\n  return System.IO.File.ReadAllText(\"x\");");

        var message = Assert.Single(run.Incidents).Failure.Message.En;
        Assert.Contains("(line 2, column", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ManySources_LeavesNoLoadContext()
    {
        var evaluator = new CSharpEvaluator(new ExpressionLimits { CachedSources = 8, TimeoutMilliseconds = 10_000, CompileTimeoutMilliseconds = 60_000 });
        var before = AssemblyLoadContext.All.Where(c => c.IsCollectible).ToHashSet();
        var count = Environment.GetEnvironmentVariable("IB_TESTS_LONG") == "1" ? 10_000 : 60;

        for (var i = 0; i < count; i++)
        {
            var run = await new ScenarioRun { Expressions = evaluator }.RunAsync(Document($"{i} + 1"));
            Assert.Equal([$"{i + 1}"], run.Lines);
        }

        for (var i = 0; i < 20 && New(before) > 8; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(New(before), 0, 8);

        static int New(HashSet<AssemblyLoadContext> before) => AssemblyLoadContext.All.Count(c => c.IsCollectible && !before.Contains(c));
    }

    private static string Document(string source) => Definition(
        Sequence(Node("WriteLine", "w", "\"text\":" + Wrap("String", "CSharp", source))),
        "\"variables\":[" + Variable("Total", "Int32", "5") + "," + Variable("orderId", "String", "o-1") + "],\"inputs\":[{\"name\":\"name\",\"type\":\"String\"}]");

    private static Task<ScenarioExecution> RunAsync(string source) =>
        new ScenarioRun { Expressions = Evaluator, Input = """{"name":"Ada"}""" }.RunAsync(Document(source));
}
