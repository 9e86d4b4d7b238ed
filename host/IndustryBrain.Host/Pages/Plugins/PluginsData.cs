using IndustryBrain.Runtime.Plugins;

namespace IndustryBrain.Host.Pages.Plugins;

/// <summary>What the list of plugins shows.</summary>
/// <param name="Items">The plugins by id.</param>
public sealed record PluginsData(IReadOnlyList<PluginView> Items);
