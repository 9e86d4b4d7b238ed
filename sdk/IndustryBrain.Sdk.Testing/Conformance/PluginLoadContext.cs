using System.Reflection;
using System.Runtime.Loader;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>Loads a plugin a second time as a host does: on its own with its libraries, sharing only the SDK.</summary>
/// <param name="folder">Where the plugin and its libraries lie.</param>
internal sealed class PluginLoadContext(string folder) : AssemblyLoadContext("plugin", isCollectible: true)
{
    private static readonly string[] Shared = [typeof(Component).Assembly.GetName().Name!, typeof(FakeHost).Assembly.GetName().Name!];

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        var path = Path.Combine(folder, name + ".dll");
        return Shared.Contains(name) || name.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || !File.Exists(path) ? null : LoadFromAssemblyPath(path);
    }
}
