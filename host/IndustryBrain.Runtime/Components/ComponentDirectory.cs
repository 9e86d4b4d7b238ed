using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Components;

/// <summary>The components that can be called on this host.</summary>
public sealed class ComponentDirectory
{
    private readonly PluginHost _plugins;
    private readonly FileStore _files;
    private readonly TimeProvider _time;

    private readonly PluginDirectory _records;

    internal ComponentDirectory(PluginHost plugins, PluginDirectory records, FileStore files, TimeProvider time) => (_plugins, _records, _files, _time) = (plugins, records, files, time);

    /// <summary>All components by id.</summary>
    public IReadOnlyList<InstalledComponent> List() => [.. _plugins.Components.Select(Describe).OfType<InstalledComponent>()];

    /// <summary>One component, or null.</summary>
    public InstalledComponent? Find(string componentId) => _plugins.Find(componentId) is { } descriptor ? Describe(descriptor) : null;

    /// <summary>Why a component cannot be called: its plugin is disabled (IB3031) or waits for consent (IB3034), or there is none (IB3012).</summary>
    public Failure WhyNot(string componentId)
    {
        var plugin = _plugins.Plugins.FirstOrDefault(p => p.Manifest.Components.Any(c => c.Id == componentId));
        return (plugin is null ? null : _records.Find(plugin.Manifest.Id)) switch
        {
            { RemovedAt: null, IsDisabled: true } record => RuntimeFailures.PluginDisabled(record.PluginId),
            { RemovedAt: null, ActiveVersion: null } record => RuntimeFailures.ConsentNeeded(record.PluginId, plugin!.Manifest.Version, plugin.Manifest.Permissions.Select(p => p.Capability)),
            _ => RuntimeFailures.ComponentUnknown(componentId),
        };
    }

    /// <summary>Calls a component once, outside of any run. Its progress is not kept.</summary>
    public async Task<Result<JsonElement>> CallAsync(Caller caller, string componentId, JsonElement input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (_plugins.Find(componentId) is { } descriptor && InputCheck.CheckNames(descriptor.Input, input) is { } refused)
            return refused;
        var context = new CallContext(caller.Organization, $"call:{Guid.CreateVersion7(_time.GetUtcNow())}", _files, _time, static (_, _) => { }, static (_, _) => { });
        return await _plugins.CallAsync(componentId, input, context, caller.Organization, cancellationToken);
    }

    private InstalledComponent? Describe(ComponentDescriptor d) => _plugins.PluginOf(d.Id) is not { } plugin ? null : new(
        d.Id,
        d.Kind,
        d.Name,
        d.Description,
        d.HasSideEffects,
        d.IsDeterministic,
        d.Input,
        d.Output,
        d.View,
        new(plugin.Manifest.Id, plugin.Manifest.Version, plugin.Manifest.Vendor, plugin.Manifest.Name, plugin.Manifest.Description, plugin.Manifest.Permissions, plugin.Manifest.Clusters, plugin.Sha256, plugin.Tier));
}
