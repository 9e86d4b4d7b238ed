using System.Net;
using System.Net.Sockets;
using System.Runtime.Loader;
using Fluid;
using IndustryBrain.Scenarios.Expressions;
using Jint;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.FileProviders;

namespace IndustryBrain.Escape.Tests.Expressions;

/// <summary>The same source, refused where it is guarded, does its harm where it is not: otherwise a passed test of the guards would prove nothing.</summary>
[Collection("one machine, attacked by one test at a time")]
public sealed class UnguardedExpressionTests(JailedExpressions jailed)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Language, source, the code that it is refused with, what it gives where nothing guards it. Loops and texts end before they hurt who runs them unguarded.</summary>
    public static TheoryData<string, string, string, string> Attacks => new()
    {
        { "CSharp", "System.IO.File.ReadAllText(\"/proc/self/environ\").Length > 0", "IB2114", "True" },
        { "CSharp", "new System.Net.Sockets.TcpClient(\"127.0.0.1\", PORT).Connected", "IB2102", "True" },
        { "CSharp", "System.Diagnostics.Process.Start(\"true\").Id > 0", "IB2102", "True" },
        { "CSharp", "\"\".GetType().Assembly.GetTypes().Length > 1000", "IB2114", "True" },
        { "CSharp", "System.Runtime.InteropServices.Marshal.AllocHGlobal(1 << 20) != 0", "IB2114", "True" },
        { "CSharp", "System.Environment.GetEnvironmentVariables().Count > 0", "IB2114", "True" },
        { "CSharp", "var s = \"x\"; for (var i = 0; i < 27; i++) s += s; return s.Length;", "IB2106", "134217728" },
        { "JavaScript", "System.IO.File.ReadAllText('/proc/self/environ').length > 0", "IB2101", "True" },
        { "JavaScript", "(() => {}).constructor('return 6 * 7')()", "IB2101", "42" },
        { "JavaScript", "let n = 0; while (n < 3e6) n++; n", "IB2108", "3000000" },
        { "JavaScript", "let a = []; for (let i = 0; i < 600; i++) a.push('x'.repeat(1e5) + i); a.length", "IB2106", "600" },
        { "Liquid", "{% include 'secret' %}", "IB2102", Victim.Secret },
        { "Liquid", "{% assign n = 0 %}{% for i in (1..2000) %}{% for j in (1..2000) %}{% endfor %}{% assign n = n | plus: 1 %}{% endfor %}{{ n }}", "IB2108", "2000" },
        { "Liquid", "{% assign s = 'xxxxxxxxxxxxxxxx' %}{% for i in (1..22) %}{% assign s = s | append: s %}{% endfor %}{{ s | size }}", "IB2106", "67108864" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Attack_RefusedWithItsCode_WorksUnguarded(string language, string source, string code, string harm)
    {
        using var victim = new TcpListener(IPAddress.Loopback, 0);
        victim.Start();
        source = source.Replace("PORT", $"{((IPEndPoint)victim.LocalEndpoint).Port}", StringComparison.Ordinal);

        var guarded = await jailed.Workers.Of("attacker").EvaluateAsync(new ExpressionRequest(language, source, false, new MemoryScope()), Ct);
        var unguarded = language switch
        {
            "CSharp" => CSharp(source),
            "JavaScript" => new Engine(options => options.AllowClr(typeof(File).Assembly)).Evaluate(source).ToString(),
            _ => await LiquidAsync(source),
        };

        Assert.Equal(code, guarded.Failure?.Code);
        Assert.Contains(harm, unguarded, StringComparison.OrdinalIgnoreCase);
    }

    private static string? CSharp(string source)
    {
        var body = source.Contains("return ", StringComparison.Ordinal) ? source : $"return {source};";
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create("Unguarded",
            [CSharpSyntaxTree.ParseText($"public static class Source {{ public static object Run() {{ {body} }} }}", cancellationToken: Ct)],
            framework.Select(path => MetadataReference.CreateFromFile(path)), new(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image, cancellationToken: Ct);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        var context = new AssemblyLoadContext("unguarded", isCollectible: true);
        try
        {
            return context.LoadFromStream(image).GetType("Source")!.GetMethod("Run")!.Invoke(null, null)!.ToString();
        }
        finally
        {
            context.Unload();
        }
    }

    private static async Task<string> LiquidAsync(string source)
    {
        var folder = Directory.CreateTempSubdirectory("ib-liquid-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "secret.liquid"), Victim.Secret, Ct);
            using var files = new PhysicalFileProvider(folder.FullName);
            return await new FluidParser().Parse(source).RenderAsync(new TemplateContext(new TemplateOptions { FileProvider = files }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
