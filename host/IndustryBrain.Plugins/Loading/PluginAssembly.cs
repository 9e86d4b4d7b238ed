using System.Reflection;
using System.Text.Json;
using IndustryBrain.Sdk.Components;
using McMaster.NETCore.Plugins;

namespace IndustryBrain.Plugins.Loading;

/// <summary>How the assembly of a plugin is opened and what it holds; the same in the host's process and in a worker.</summary>
internal static class PluginAssembly
{
    // What the SDK refers to, and what its JSON does: a plugin that brings one of these takes ours all the same, whatever it touches first.
    private static readonly AssemblyName[] Shared = [.. typeof(Component).Assembly.GetReferencedAssemblies(), .. typeof(JsonElement).Assembly.GetReferencedAssemblies()];

    /// <summary>Opens the assembly of a plugin in a context of its own that shares the SDK and what that refers to.</summary>
    public static PluginLoader Open(string assemblyPath) => PluginLoader.CreateFromAssemblyFile(assemblyPath, isUnloadable: true, sharedTypes: [typeof(Component)], config =>
    {
        // Else all that the shared ones refer to, however far, is loaded at once: fifty assemblies that most plugins never use.
        config.IsLazyLoaded = true;
        foreach (var shared in Shared)
        {
            config.SharedAssemblies.Add(shared);
        }
    });

    /// <summary>The component classes of an assembly with their ids.</summary>
    public static IEnumerable<(Type Type, ComponentAttribute Declared)> ComponentTypes(Assembly assembly) =>
        from type in assembly.GetTypes()
        let declared = type.GetCustomAttribute<ComponentAttribute>(inherit: false)
        where declared is not null
        select (type, declared);

    /// <summary>Makes one object of each component class, by id.</summary>
    /// <exception cref="Exception">Whatever loading the assembly or a constructor of the plugin throws.</exception>
    public static Dictionary<string, Component> Create(PluginLoader loader)
    {
        var components = new Dictionary<string, Component>(StringComparer.Ordinal);
        foreach (var (type, declared) in ComponentTypes(loader.LoadDefaultAssembly()))
        {
            components[declared.Id] = (Component)Activator.CreateInstance(type)!;
        }

        return components;
    }
}
