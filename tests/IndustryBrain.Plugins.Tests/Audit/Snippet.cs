using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace IndustryBrain.Plugins.Tests.Audit;

/// <summary>Compiles a few lines into the assembly of a plugin, as a vendor's build would.</summary>
internal static class Snippet
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Reflection;
        using System.Reflection.Emit;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Runtime.Loader;
        using System.Threading;
        using System.Threading.Tasks;
        using IndustryBrain.Sdk;
        using IndustryBrain.Sdk.Capabilities;
        using IndustryBrain.Sdk.Components;

        """;

    private static readonly MetadataReference[] References =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Sdk.Failure).Assembly.Location),
    ];

    // What the manifest of the tests declares.
    private const string Component = "[IndustryBrain.Sdk.Components.Component(\"probe.one\")] internal sealed class ProbeOne;";

    /// <summary>An assembly of declarations, with the component that the manifest of the tests declares unless it has its own.</summary>
    public static byte[] Compile(string code, string name = "Acme.Probe", byte[]? reference = null, byte[]? resource = null)
    {
        var compilation = CompilationOf(code.Contains("[Component(", StringComparison.Ordinal) ? code : code + Component, name, reference);
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image, manifestResources: resource is null ? null : [new ResourceDescription("data", () => new MemoryStream(resource), isPublic: true)]);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return image.ToArray();
    }

    /// <summary>An assembly of one method with these statements, which begin on a line of a file, and its portable symbols; they are empty where they are embedded.</summary>
    public static (byte[] Image, byte[] Symbols) WithSymbols(string statements, string file, int line, DebugInformationFormat format)
    {
        var code = SourceOfBody($"\n#line {line} \"{file}\"\n{statements}\n#line default\n") + Component;
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(Usings + code, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Latest), "/generated.cs");
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = CompilationOf("").RemoveAllSyntaxTrees().AddSyntaxTrees(tree).Emit(image, format == DebugInformationFormat.Embedded ? null : symbols, options: new EmitOptions(debugInformationFormat: format));
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return (image.ToArray(), symbols.ToArray());
    }

    /// <summary>Declarations, before they become an assembly.</summary>
    public static CSharpCompilation CompilationOf(string code, string name = "Acme.Probe", byte[]? reference = null) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText(Usings + code, new CSharpParseOptions(LanguageVersion.Latest))],
        reference is null ? References : [.. References, MetadataReference.CreateFromImage(reference)],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, deterministic: true));

    /// <summary>An assembly of one method with these statements.</summary>
    public static byte[] Body(string statements) => Compile(SourceOfBody(statements));

    /// <summary>Its source.</summary>
    public static string SourceOfBody(string statements) => $$"""
        namespace Acme
        {
            public static class Probe
            {
                public static async Task<object> RunAsync(ComponentContext context, CancellationToken ct)
                {
                    await Task.Yield();
                    {{statements}}
                    return context;
                }
            }
        }
        """;

    /// <summary>As the assembly, with a text of its metadata replaced by another of the same length in bytes.</summary>
    public static byte[] Rename(byte[] image, string from, string to)
    {
        var (old, now) = (Encoding.UTF8.GetBytes(from), Encoding.UTF8.GetBytes(to));
        Assert.Equal(old.Length, now.Length);
        var at = image.AsSpan().IndexOf(old);
        Assert.True(at > 0);
        now.CopyTo(image.AsSpan(at));
        return image;
    }
}
