using IndustryBrain.Plugins.Audit;

namespace IndustryBrain.Plugins.Tests.Audit;

public sealed class CodeRulesTests
{
    /// <summary>Statements that a rule is about.</summary>
    public static TheoryData<string, string> Offences => new()
    {
        { "IBP0102", "NativeLibrary.Load(\"libc\");" },
        { "IBP0102", "Marshal.GetDelegateForFunctionPointer<Action>(1)();" },
        { "IBP0103", "Marshal.WriteByte(1, 1);" },
        { "IBP0103", "Unsafe.As<object, string>(ref Unsafe.AsRef(in string.Empty == null ? ref Unsafe.NullRef<object>() : ref Unsafe.NullRef<object>()));" },
        { "IBP0104", "_ = new DynamicMethod(\"m\", null, null);" },
        { "IBP0104", "_ = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(\"a\"), AssemblyBuilderAccess.Run);" },
        { "IBP0105", "System.Diagnostics.Process.Start(\"sh\");" },
        { "IBP0105", "_ = System.Diagnostics.Process.GetProcesses();" },
        { "IBP0106", "_ = File.ReadAllText(\"/etc/passwd\");" },
        { "IBP0106", "_ = new FileStream(\"a\", FileMode.Open);" },
        { "IBP0106", "_ = new StreamReader(\"a\");" },
        { "IBP0106", "_ = System.Xml.Linq.XDocument.Load(\"a\");" },
        { "IBP0106", "Func<string, string> read = File.ReadAllText; _ = read;" },
        { "IBP0106", "_ = typeof(File).GetMethods();" },
        { "IBP0106", "_ = new System.IO.Enumeration.FileSystemEnumerable<int>(\"/\", (ref System.IO.Enumeration.FileSystemEntry e) => 1);" },
        { "IBP0107", "_ = new HttpClient();" },
        { "IBP0107", "_ = new HttpClient(new SocketsHttpHandler());" },
        { "IBP0107", "_ = new System.Net.Sockets.TcpClient(\"a\", 1);" },
        { "IBP0107", "_ = await System.Net.Dns.GetHostAddressesAsync(\"a\");" },
        { "IBP0107", "_ = new System.IO.Pipes.NamedPipeClientStream(\"a\");" },
        { "IBP0108", "_ = Microsoft.Win32.Registry.LocalMachine;" },
        { "IBP0108", "_ = Microsoft.Win32.Registry.GetValue(\"a\", \"b\", null);" },
        { "IBP0109", "_ = Assembly.LoadFrom(\"a.dll\");" },
        { "IBP0109", "_ = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream());" },
        { "IBP0109", "_ = new AssemblyLoadContext(\"a\");" },
        { "IBP0109", "AppDomain.CurrentDomain.AssemblyResolve += (_, _) => null;" },
        { "IBP0111", "Environment.Exit(1);" },
        { "IBP0111", "Environment.FailFast(null);" },
        { "IBP0111", "Environment.CurrentDirectory = \"/\";" },
        { "IBP0112", "_ = Type.GetType(\"System.IO.File\");" },
        { "IBP0112", "_ = typeof(int).Assembly.GetType(\"System.IO.File\");" },
        { "IBP0112", "_ = typeof(string).GetMethod(\"Clone\")!.Invoke(\"\", null);" },
        { "IBP0112", "_ = Activator.CreateInstance(\"a\", \"b\");" },
        { "IBP0113", "_ = Environment.GetEnvironmentVariable(\"PATH\");" },
        { "IBP0116", "_ = new Thread(() => { });" },
        { "IBP0116", "ThreadPool.UnsafeQueueUserWorkItem(_ => { }, null);" },
        { "IBP0116", "ThreadPool.QueueUserWorkItem(static i => { _ = i + 1; }, 1, preferLocal: false);" },
    };

    /// <summary>Declarations that a rule is about.</summary>
    public static TheoryData<string, string> Declared => new()
    {
        { "IBP0101", "public static class A { [DllImport(\"libc\")] public static extern int getpid(); }" },
        { "IBP0101", "public class A { [MethodImpl(MethodImplOptions.InternalCall)] public extern int M(); }" },
        { "IBP0102", "public static class A { public static unsafe void M(nint p) => ((delegate* unmanaged<void>)p)(); }" },
        { "IBP0103", "public static class A { public static unsafe int M(int* p) => *p; }" },
        { "IBP0103", "public static class A { public static unsafe int M(int[] a) { fixed (int* p = a) return p[1]; } }" },
        { "IBP0103", "public unsafe struct A { public int* P; }" },
        { "IBP0103", "public static class A { public static unsafe void M(delegate*<void> f) => f(); }" },
        { "IBP0107", "public class A : HttpClientHandler { }" },
        { "IBP0109", "public class A : AssemblyLoadContext { }" },
        { "IBP0110", "public static class A { [ModuleInitializer] public static void M() => GC.KeepAlive(1); }" },
        { "IBP0112", "public static class A { [UnsafeAccessor(UnsafeAccessorKind.Field, Name = \"_size\")] public static extern ref int M(List<int> list); }" },
        { "IBP0114", "[assembly: IgnoresAccessChecksTo(\"X\")] namespace System.Runtime.CompilerServices { public class IgnoresAccessChecksToAttribute(string name) : Attribute { public string Name => name; } }" },
    };

    /// <summary>What a plugin may do, though it resembles what it may not.</summary>
    public static TheoryData<string> Allowed => new()
    {
        "Span<byte> s = stackalloc byte[16]; s[0] = 1;",
        "Span<byte> s = stackalloc byte[] { 1, 2, 3, 4, 5 }; s[0] = 1;",
        "Span<int> s = ct.CanBeCanceled ? stackalloc int[8] : new int[100]; s[0] = 1;",
        "ReadOnlySpan<int> s = [1, 2, ct.GetHashCode()]; _ = s[0]; List<int> l = [.. s]; _ = l;",
        "_ = System.Diagnostics.Process.GetCurrentProcess().Id;",
        "_ = Path.Combine(\"a\", \"b\") + Path.GetExtension(\"c\") + FileMode.Open;",
        "using var reader = new StreamReader(new MemoryStream()); _ = await reader.ReadToEndAsync(ct);",
        "_ = System.Xml.Linq.XDocument.Load(new MemoryStream());",
        "_ = new HttpRequestMessage(HttpMethod.Get, new Uri(\"https://acme.com\"));",
        "_ = AssemblyLoadContext.GetLoadContext(typeof(Probe).Assembly);",
        "_ = typeof(Probe).Assembly.GetManifestResourceStream(\"data\");",
        "_ = context.GetType().Name + typeof(List<>).MakeGenericType(typeof(int)).FullName;",
        "_ = Environment.NewLine + Environment.ProcessorCount + Environment.TickCount64;",
        "_ = Activator.CreateInstance<object>(); _ = Activator.CreateInstance(typeof(object));",
        "_ = context switch { { IdempotencyKey: \"a\" or \"b\" or \"c\" or \"d\" or \"e\" or \"f\" or \"g\" or \"h\" } => 1, _ => 2 };",
        "await foreach (var i in Count()) _ = i; static async IAsyncEnumerable<int> Count() { await Task.Yield(); yield return 1; }",
        "dynamic d = 1; _ = d + 1;",
        "await Task.Run(() => Thread.CurrentThread.ManagedThreadId, ct); Parallel.For(0, 2, _ => { });",
    };

    [Theory]
    [MemberData(nameof(Offences))]
    public async Task Audit_Offence_IsFoundWhereItStands(string rule, string statements)
    {
        var report = await Audited.BodyAsync(statements);

        var finding = report.Findings.First(f => f.Rule.Id == rule);
        Assert.Equal(("plugin/net10.0/Acme.Probe.dll", "Acme.Probe.RunAsync"), (finding.File, finding.Member));
        Assert.NotNull(finding.IlOffset);
        Assert.Equal(finding.Rule.Severity, finding.Severity);
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public async Task Audit_Declaration_IsFound(string rule, string code) => Audited.Has(await Audited.CodeAsync(code), rule);

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task Audit_NearMiss_FindsNothing(string statements)
    {
        var report = await Audited.BodyAsync(statements);

        Assert.Empty(report.Findings.Select(finding => finding.Message.En));
    }

    [Fact]
    public async Task Audit_OrdinaryTypes_FindNothing()
    {
        var report = await Audited.CodeAsync("""
            [module: SkipLocalsInit]
            namespace 能源
            {
                public record 读数(double 值, string? 单位) { public double 两倍 => 值 * 2; }
                public class Cached { static readonly Dictionary<string, int> Map = new() { ["a"] = 1 }; static Cached() => Map["b"] = 2; public int Get(string k) => Map[k]; }
                public class MyHandler : HttpMessageHandler { protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage r, CancellationToken ct) => Task.FromResult(new HttpResponseMessage()); }
                public class Bridge { public HttpClient Make(HttpMessageHandler handler) => new(handler); }
                [InlineArray(4)] public struct Four { private int _first; public static int Sum(Four f) { var s = 0; foreach (var i in f) s += i; return s + f[1]; } }
                public struct Box<T> where T : struct { public T Value; public override string ToString() => $"{Value}"; }
                public delegate int Op(ref int x);
                public static class Names { public static string File(string name) => name; public static object Use() => File("a") + typeof(Names).Name; }
            }
            """);

        Assert.Empty(report.Findings.Select(finding => finding.Message.En));
    }

    [Fact]
    public async Task Audit_SourceGeneratedJson_FindsNothing()
    {
        // The SDK reads and writes JSON by generated code; as a vendor's assembly it must pass.
        var sdk = await File.ReadAllBytesAsync(typeof(Sdk.Failure).Assembly.Location, TestContext.Current.CancellationToken);
        var report = await Audited.AuditAsync(Audited.Package(Snippet.Compile(""), (Audited.Prefix + "Acme.Json.dll", sdk)));

        Assert.DoesNotContain(report.Findings, finding => finding.Severity == AuditSeverity.Error);
    }

    [Fact]
    public async Task Audit_HostAssembly_IsFoundUnlessShipped()
    {
        var secret = Snippet.Compile("public static class Secret { public static int Value => 1; }", "IndustryBrain.Secret");
        var user = Snippet.Compile("public static class A { public static int M() => Secret.Value; }", reference: secret);

        Audited.Has(await Audited.AuditAsync(Audited.Package(user)), "IBP0115");
        Assert.Equal("", Audited.Rules(await Audited.AuditAsync(Audited.Package(user, (Audited.Prefix + "IndustryBrain.Secret.dll", secret)))));
    }

    [Fact]
    public async Task Audit_MembersOfTheCompiler_AreNamedAsWritten()
    {
        var report = await Audited.CodeAsync("""
            namespace Acme { public class Outer { public class Inner {
                public IEnumerable<int> Iterate() { yield return File.ReadAllText("a").Length; }
                public Func<string> Lambda() => () => File.ReadAllText("b");
                public async Task Local(string n) { await Go(); async Task Go() => await File.ReadAllTextAsync(n); }
            } } }
            """);

        Assert.Equal(["Acme.Outer.Inner.Iterate", "Acme.Outer.Inner.Lambda", "Acme.Outer.Inner.Local"], report.Findings.Select(finding => finding.Member).Order(StringComparer.Ordinal).Distinct());
    }

    [Fact]
    public async Task Audit_ManyPlaces_AreCutShort()
    {
        var methods = string.Concat(Enumerable.Range(0, 200).Select(i => $"public static string M{i}() => File.ReadAllText(\"a\");"));
        var report = await Audited.CodeAsync($"public static class A {{ {methods} }}");

        Assert.Equal(51, report.Findings.Count);
        Assert.Contains("150", report.Findings[^1].Message.En, StringComparison.Ordinal);
    }
}
