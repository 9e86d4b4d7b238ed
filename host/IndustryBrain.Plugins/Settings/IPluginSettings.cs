using System.Text.Json;

namespace IndustryBrain.Plugins.Settings;

/// <summary>Where the settings of installed plugins are kept. Asked at each call of a plugin whose manifest has <c>settings</c>: a change takes effect at the next call, which meets a fresh instance or a fresh process.</summary>
public interface IPluginSettings
{
    /// <summary>What an organization has set for a plugin: an object that fits the schema of its manifest; null when nobody has set anything.</summary>
    ValueTask<JsonElement?> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken);
}
