using IndustryBrain.Scenarios;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins;

/// <summary>The catalog as a run sees it that holds on to versions.</summary>
internal sealed class PinnedCatalog(PluginHost host, IReadOnlyDictionary<string, PluginPin> pins) : IComponentCatalog
{
    public ComponentDescriptor? Find(string componentId) => pins.TryGetValue(componentId, out var pin)
        ? host.Find(pin)?.Manifest.Components.FirstOrDefault(c => c.Id == componentId)
        : host.Find(componentId);
}
