using System.Collections.Concurrent;
using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Plugins.Limits;

/// <summary>The limits of each plugin: those of the options, with what an administrator has set for it.</summary>
internal sealed class LimitTable(PluginOptions calls, WorkerOptions workers)
{
    private readonly ConcurrentDictionary<string, (PluginLimits Own, CallLimits All)> _byPlugin = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What holds where nobody has set anything.</summary>
    public CallLimits Default { get; } = CallLimits.Of(calls, workers, PluginLimits.None);

    public CallLimits Of(InstalledPlugin plugin) => _byPlugin.TryGetValue(plugin.Manifest.Id, out var set) ? set.All : Default;

    public void Set(string pluginId, PluginLimits own)
    {
        if (own == PluginLimits.None)
        {
            _byPlugin.TryRemove(pluginId, out _);
        }
        else if (!_byPlugin.TryGetValue(pluginId, out var held) || held.Own != own)
        {
            _byPlugin[pluginId] = (own, CallLimits.Of(calls, workers, own));
        }
    }
}
