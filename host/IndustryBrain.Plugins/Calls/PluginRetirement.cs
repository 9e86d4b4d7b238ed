using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Plugins.Loading;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Plugins.Calls;

/// <summary>Stops what no new call comes to, when its last has ended.</summary>
internal sealed partial class PluginRetirement(PluginOptions options, WorkerPool workers, TimeProvider time, ILogger logger)
{
    private readonly UnloadWatch _unloads = new();

    /// <summary>Versions whose code was unloaded but stays in memory.</summary>
    public IReadOnlyList<InstalledPlugin> NotUnloaded => _unloads.Alive;

    /// <summary>Stops objects with older settings.</summary>
    public async Task RetireAsync(InstalledPlugin plugin, TrustedComponents components)
    {
        try
        {
            await components.Calls.CloseAsync().WaitAsync(options.DrainTimeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogStillCalled(plugin.Manifest.Id, plugin.Manifest.Version);
        }

        using var grace = new CancellationTokenSource(options.CancellationGrace, time);
        try
        {
            await components.Set.StopAsync(grace.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Foreign code: whatever it throws, or how long it takes, the plugin is done.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotStopped(plugin.Manifest.Id, plugin.Manifest.Version, e.ToString());
        }
    }

    /// <summary>Waits for the calls of a version, stops its objects, unloads its assembly and ends its processes.</summary>
    public async Task CloseAsync(LoadedPlugin plugin, CancellationToken ct)
    {
        try
        {
            await plugin.CloseAsync().WaitAsync(options.DrainTimeout, time, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogStillCalled(plugin.Installed.Manifest.Id, plugin.Installed.Manifest.Version);
        }

        await Task.WhenAll(plugin.TakeComponents().Select(components => RetireAsync(plugin.Installed, components))).ConfigureAwait(false);

        // Off the thread on which the component stopped: its stack would hold the plugin as long as the caller goes on there.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _unloads.Watch(plugin.Installed, plugin.Unload());
        await workers.StopAsync(plugin.Installed).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {PluginId} {PluginVersion} did not stop: {Details}")]
    private partial void LogNotStopped(string pluginId, string pluginVersion, string details);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {PluginId} {PluginVersion} is unloaded while calls are under way")]
    private partial void LogStillCalled(string pluginId, string pluginVersion);
}
