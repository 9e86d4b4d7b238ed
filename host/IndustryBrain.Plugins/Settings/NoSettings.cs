using System.Text.Json;

namespace IndustryBrain.Plugins.Settings;

/// <summary>Without a record of settings: each plugin has what its own record says by default.</summary>
internal sealed class NoSettings : IPluginSettings
{
    /// <summary>What a component gets when nothing was set.</summary>
    public static JsonElement Empty { get; } = JsonElement.Parse("{}");

    /// <inheritdoc />
    public ValueTask<JsonElement?> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken) => default;
}
