using System.Collections.Immutable;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Loading;

/// <summary>The versions that are loaded at one moment, and which of them answers for each component.</summary>
internal sealed record LoadedPlugins(
    ImmutableList<LoadedPlugin> Plugins,
    ImmutableDictionary<string, string?> Chosen,
    IReadOnlyList<InstalledPlugin> Installed,
    IReadOnlyList<ComponentDescriptor> Descriptors,
    Dictionary<string, (ComponentDescriptor Descriptor, LoadedPlugin Plugin)> ByComponent)
{
    public static LoadedPlugins Empty { get; } = Of([], ImmutableDictionary.Create<string, string?>(StringComparer.OrdinalIgnoreCase));

    public LoadedPlugins With(LoadedPlugin plugin) => Of(Plugins.Add(plugin), Chosen);

    public LoadedPlugins Without(LoadedPlugin plugin) => Of(Plugins.Remove(plugin), Chosen);

    public LoadedPlugins Replace(LoadedPlugin plugin, LoadedPlugin by) => Of(Plugins.Replace(plugin, by), Chosen);

    /// <summary>Lets one version of a plugin answer; null lets none.</summary>
    public LoadedPlugins Choose(string id, string? version) => Of(Plugins, Chosen.SetItem(id, version));

    public LoadedPlugin? Find(string id, string version) =>
        Plugins.Find(p => string.Equals(p.Installed.Manifest.Id, id, StringComparison.OrdinalIgnoreCase) && p.Installed.Manifest.Version == version);

    /// <summary>The version that a pin means, when it is loaded with that content.</summary>
    public LoadedPlugin? Find(PluginPin pin) => Find(pin.Plugin, pin.Version) is { } found && found.Installed.Sha256 == pin.Sha256 ? found : null;

    /// <summary>The version that answers for a component: the one that <paramref name="pins"/> means, else the one that answers now.</summary>
    public LoadedPlugin? Answering(string componentId, IReadOnlyDictionary<string, PluginPin>? pins) =>
        pins?.GetValueOrDefault(componentId) is { } pin ? Find(pin) : ByComponent.TryGetValue(componentId, out var found) ? found.Plugin : null;

    private static LoadedPlugins Of(ImmutableList<LoadedPlugin> plugins, ImmutableDictionary<string, string?> chosen)
    {
        var byComponent = new Dictionary<string, (ComponentDescriptor, LoadedPlugin)>(StringComparer.Ordinal);
        foreach (var plugin in plugins.OrderBy(p => p.Installed.Manifest.Version, VersionOrder.Instance))
        {
            if (chosen.TryGetValue(plugin.Installed.Manifest.Id, out var version) && version != plugin.Installed.Manifest.Version)
            {
                continue;
            }

            foreach (var component in plugin.Installed.Manifest.Components)
            {
                byComponent[component.Id] = (component, plugin);
            }
        }

        return new(
            plugins,
            chosen,
            [.. plugins.Select(p => p.Installed)],
            [.. byComponent.Values.Select(v => v.Item1).OrderBy(d => d.Id, StringComparer.Ordinal)],
            byComponent);
    }
}
