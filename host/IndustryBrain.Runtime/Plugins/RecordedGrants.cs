using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>Grants as the records of the plugins say, in the state that this node has followed.</summary>
internal sealed class RecordedGrants(PluginDirectory directory) : IPluginGrants
{
    public ValueTask<Grants> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken)
    {
        var version = directory.Find(plugin.Manifest.Id)?.Find(plugin.Manifest.Version);
        return new(version?.Sha256 == plugin.Sha256 && version.Grants is { } grants ? new Grants(grants) : Grants.None);
    }
}
