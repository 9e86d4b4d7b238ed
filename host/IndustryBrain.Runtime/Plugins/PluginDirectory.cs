using System.Collections.Frozen;
using IndustryBrain.Plugins;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>The records of the plugins as this node has last read them.</summary>
internal sealed class PluginDirectory
{
    private FrozenDictionary<string, PluginInstallation> _byId = FrozenDictionary<string, PluginInstallation>.Empty;

    public IReadOnlyList<PluginInstallation> All => _byId.Values;

    public PluginInstallation? Find(string pluginId) => _byId.GetValueOrDefault(pluginId);

    public void Set(IEnumerable<PluginInstallation> installations) => _byId = installations.ToFrozenDictionary(i => i.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a new run may not use a version, or null when it may.</summary>
    public Failure? Refuses(PluginPin pin) => Find(pin.Plugin) switch
    {
        null or { RemovedAt: not null } => RuntimeFailures.PluginRemoved(pin.Plugin),
        { IsDisabled: true } => RuntimeFailures.PluginDisabled(pin.Plugin),
        var plugin => plugin.Find(pin.Version) is { } version && version.Sha256 == pin.Sha256 ? null : RuntimeFailures.VersionUnknown(pin.Plugin, pin.Version),
    };
}
