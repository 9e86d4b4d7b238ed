using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace IndustryBrain.Architecture.Tests;

/// <summary>What the metadata of a compiled assembly says, read without loading its code.</summary>
public static class CompiledAssembly
{
    /// <summary>Root of the repository that the tests were built from.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The configuration that the tests were built in.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Names of the assemblies that the file refers to.</summary>
    public static IReadOnlyList<string> References(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var reader = image.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    private static string Metadata(string key) =>
        typeof(CompiledAssembly).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
