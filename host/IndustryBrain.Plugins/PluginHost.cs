using System.Collections.Immutable;
using System.Text.Json;
using IndustryBrain.Plugins.Calls;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Knowledge;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Plugins.Settings;
using IndustryBrain.Plugins.Usage;
using IndustryBrain.Scenarios;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustryBrain.Plugins;

/// <summary>The plugins that this process may call, each version apart: a trusted one in a load context of its own that shares only the SDK, any other in a process of its own. A plugin's assembly is loaded at its first call.</summary>
public sealed class PluginHost : IComponentCatalog, IAsyncDisposable
{
    private readonly CapabilityBroker _capabilities;
    private readonly bool _ownsCapabilities;
    private readonly LimitTable _limits;
    private readonly WorkerPool _workers;
    private readonly PluginRetirement _retirement;
    private readonly PluginCalls _calls;
    private readonly PinnedKnowledge _unpinned;
    private readonly Lock _gate = new();
    private bool _isDisposed;
    private volatile LoadedPlugins _state = LoadedPlugins.Empty;

    /// <summary>A host without plugins.</summary>
    /// <param name="options">Limits of a call.</param>
    /// <param name="time">Clock of the deadlines.</param>
    /// <param name="logger">Where internal errors of components go; people see only a code.</param>
    /// <param name="workers">Limits of the processes of plugins that are not trusted.</param>
    /// <param name="capabilities">Serves what plugins ask of the host; the caller disposes it. By default trusted plugins have what they declare, and nothing is kept.</param>
    /// <param name="settings">Where the settings of plugins are kept; by default there are none.</param>
    public PluginHost(PluginOptions options, TimeProvider time, ILogger<PluginHost>? logger = null, WorkerOptions? workers = null, CapabilityBroker? capabilities = null, IPluginSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var (log, processes) = (logger ?? NullLogger<PluginHost>.Instance, workers ?? new());
        (_capabilities, _ownsCapabilities) = (capabilities ?? new(new CapabilityOptions(), time: time), capabilities is null);
        _limits = new(options, processes);
        _workers = new(processes, options.CancellationGrace, time, log);
        _retirement = new(options, _workers, time, log);
        _calls = new(options, _limits, _workers, _retirement, _capabilities, settings ?? new NoSettings(), time, log);
        _unpinned = new(this, null);
    }

    /// <summary>The plugins, in the order they were loaded.</summary>
    public IReadOnlyList<InstalledPlugin> Plugins => _state.Installed;

    /// <summary>The components of the newest version of each plugin, by id.</summary>
    public IReadOnlyList<ComponentDescriptor> Components => _state.Descriptors;

    /// <summary>Lets one version of a plugin answer for its components, whichever others are loaded; null lets none. Calls that name a version are not touched. Without a choice the newest answers.</summary>
    /// <param name="id">Package id.</param>
    /// <param name="version">The version, loaded now or later; null for none.</param>
    public void Choose(string id, string? version)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            _state = _state.Choose(id, version);
        }
    }

    /// <summary>Sets the limits of a plugin, all its versions; calls that begin from now on have them.</summary>
    public void Limit(string id, PluginLimits? limits)
    {
        ArgumentNullException.ThrowIfNull(id);
        _limits.Set(id, limits ?? PluginLimits.None);
    }

    /// <summary>The limits of plugins for which nobody has set any.</summary>
    public PluginLimits DefaultLimits => _limits.Default.Shown();

    /// <summary>Makes a plugin's components known. A second version stands beside the first, and the newer one answers; IB1102 when another plugin has one of its component ids.</summary>
    public Task<Result<InstalledPlugin>> LoadAsync(InstalledPlugin plugin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Load(plugin));
    }

    /// <summary>Makes a plugin's components known as they are now; where the version is loaded with other content or in another tier, new calls take this one, and the other ends with its last call. IB1102 as for loading.</summary>
    public Result<InstalledPlugin> Replace(InstalledPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        LoadedPlugin? replaced;
        lock (_gate)
        {
            replaced = _state.Find(plugin.Manifest.Id, plugin.Manifest.Version);
            if (replaced is not null)
            {
                _state = _state.Without(replaced);
            }

            var loaded = Load(plugin);
            if (!loaded.TryGet(out _, out _) && replaced is not null)
            {
                _state = _state.With(replaced);
                replaced = null;
            }

            _ = replaced is null ? Task.CompletedTask : Task.Run(() => _retirement.CloseAsync(replaced, CancellationToken.None));
            return loaded;
        }
    }

    /// <summary>Takes a plugin version out of use, waits for its calls under way, and unloads its assembly. Unknown versions are no error.</summary>
    public async Task UnloadAsync(string id, string version, CancellationToken cancellationToken = default)
    {
        LoadedPlugin? removed;
        lock (_gate)
        {
            removed = _state.Find(id, version);
            if (removed is null)
            {
                return;
            }

            _state = _state.Without(removed);
            _calls.Forget(id, version);
        }

        await _retirement.CloseAsync(removed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the calls of a plugin version that are under way and unloads its code, or ends its processes; the version stays known, and its next call loads it again. Unknown versions are no error.</summary>
    public async Task ReleaseAsync(string id, string version, CancellationToken cancellationToken = default)
    {
        LoadedPlugin? released;
        lock (_gate)
        {
            released = _state.Find(id, version);
            if (released is null)
            {
                return;
            }

            _state = _state.Replace(released, new LoadedPlugin(released.Installed));
        }

        await _retirement.CloseAsync(released, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A component of <paramref name="manifest"/> that a version of another plugin has, whether that answers now or not, and the other; null when there is none.</summary>
    public (string ComponentId, PluginManifest Owner)? TakenBy(PluginManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var ids = manifest.Components.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var other in _state.Installed.Select(p => p.Manifest).Where(m => !string.Equals(m.Id, manifest.Id, StringComparison.OrdinalIgnoreCase)))
        {
            if (other.Components.FirstOrDefault(c => ids.Contains(c.Id)) is { } component)
            {
                return (component.Id, other);
            }
        }

        return null;
    }

    /// <summary>What a version has done in this process; null when it is not known.</summary>
    public PluginUsage? UsageOf(PluginPin pin, string? organization = null)
    {
        if (_state.Find(pin) is not { } plugin)
        {
            return null;
        }

        var processes = _workers.ProcessesOf(plugin.Installed);
        var figures = ProcessUse.Of(processes);
        return _calls.MeterOf(plugin.Installed).Read(organization, processes.Count, figures.Bytes, figures.Time);
    }

    /// <summary>True when a version was stopped after crashing again and again (IB1125).</summary>
    public bool IsTripped(PluginPin pin) => _state.Find(pin) is { } plugin && _workers.IsTripped(plugin.Installed);

    /// <summary>True when code of this version is loaded in this process, or runs in one of its own.</summary>
    public bool IsInUse(string id, string version) => _state.Find(id, version) is { } plugin && (plugin.IsOpen || _workers.Runs(plugin.Installed));

    /// <summary>Versions whose code was unloaded but stays in memory, because something of it is still referred to: it goes when this process ends.</summary>
    public IReadOnlyList<InstalledPlugin> NotUnloaded => _retirement.NotUnloaded;

    /// <inheritdoc />
    public ComponentDescriptor? Find(string componentId) => _state.ByComponent.TryGetValue(componentId, out var found) ? found.Descriptor : null;

    /// <summary>The plugin that answers for a component, or null.</summary>
    public InstalledPlugin? PluginOf(string componentId) => _state.ByComponent.TryGetValue(componentId, out var found) ? found.Plugin.Installed : null;

    /// <summary>The version that answers for a component now, or null.</summary>
    public PluginPin? PinOf(string componentId) => PluginOf(componentId) is { } plugin ? plugin.Pin : null;

    /// <summary>Ids of the knowledge that a component's plugin declares to ask and that can answer now.</summary>
    public IEnumerable<string> KnowledgeAskedBy(string componentId)
    {
        var targets = PluginOf(componentId)?.Manifest.Permissions.Where(p => p.Capability == CapabilityNames.Knowledge).SelectMany(p => p.Targets).ToList() ?? [];
        return targets.Count == 0 ? [] : Components.Where(c => c.Kind == ComponentKind.Knowledge && targets.Exists(t => KnowledgeTarget.Covers(t, c.Id))).Select(c => c.Id);
    }

    /// <summary>The catalog as a run sees it that holds on to versions.</summary>
    /// <param name="pins">The versions by component id; of a component that is not named the version that answers now.</param>
    public IComponentCatalog CatalogOf(IReadOnlyDictionary<string, PluginPin>? pins) => pins is { Count: > 0 } ? new PinnedCatalog(this, pins) : this;

    /// <summary>The plugin version that a pin means, when it is loaded with that content; else null.</summary>
    public InstalledPlugin? Find(PluginPin pin) => _state.Find(pin)?.Installed;

    /// <summary>Numbers of the processes that plugins run in now.</summary>
    public IReadOnlyList<int> WorkerProcesses => _workers.Processes;

    /// <summary>Numbers of the processes that wait for a plugin.</summary>
    internal IReadOnlyList<int> ReadyProcesses => _workers.ReadyProcesses;

    /// <summary>Completes when a process is ready for a first call.</summary>
    internal Task ReadyAsync() => _workers.ReadyAsync();

    /// <summary>Lets a plugin version that was stopped after crashing again and again (IB1125) start once more. Unknown versions are no error.</summary>
    public void Reset(string id, string version) => _workers.Reset(id, version);

    /// <summary>As <see cref="CallAsync(string, JsonElement, ComponentContext, string, CancellationToken)"/>, for no organization.</summary>
    public ValueTask<Result<JsonElement>> CallAsync(string componentId, JsonElement input, ComponentContext context, CancellationToken cancellationToken) =>
        CallAsync(componentId, input, context, "", cancellationToken);

    /// <summary>Calls a component. Whatever it throws becomes IB1111 and is logged; beyond its time IB1112; too large an input IB1113. What exceeds another limit is IB1114–IB1116 or IB1210–IB1215, a failure without a code IB1216; what a plugin that is not trusted may meet besides is IB1117–IB1127.</summary>
    /// <param name="componentId">The component.</param>
    /// <param name="input">Its input.</param>
    /// <param name="context">What the call may use.</param>
    /// <param name="organization">Id of the organization that it is called for: no process of a plugin serves two.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ValueTask<Result<JsonElement>> CallAsync(string componentId, JsonElement input, ComponentContext context, string organization, CancellationToken cancellationToken) =>
        CallAsync(componentId, null, input, context, organization, cancellationToken);

    /// <summary>As <see cref="CallAsync(string, JsonElement, ComponentContext, string, CancellationToken)"/>, in the versions that <paramref name="pins"/> means by component id, for the component and for the knowledge that it asks; IB1150 when one is not loaded.</summary>
    public async ValueTask<Result<JsonElement>> CallAsync(string componentId, IReadOnlyDictionary<string, PluginPin>? pins, JsonElement input, ComponentContext context, string organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var knowledge = pins is null ? _unpinned : new PinnedKnowledge(this, pins);
        while (true)
        {
            if (_state.Answering(componentId, pins) is not { } plugin)
            {
                return pins?.GetValueOrDefault(componentId) is { } pin ? PluginFailures.VersionNotLoaded(pin) : PluginFailures.ComponentNotInstalled(componentId);
            }

            // It was released, replaced or removed in that moment: what answers now is asked again.
            if (await _calls.CallAsync(plugin, componentId, input, context, organization, [componentId], knowledge, cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }
        }
    }

    /// <summary>Asks knowledge for a component, in the version that <paramref name="pins"/> means, else the one that answers now. IB1191 when there is no such knowledge.</summary>
    internal async ValueTask<Result<KnowledgeReply<JsonElement>>> AskAsync(
        BrokeredContext asker, string componentId, IReadOnlyDictionary<string, PluginPin>? pins, JsonElement question, IKnowledgeSource next, CancellationToken ct)
    {
        while (true)
        {
            if (_state.Answering(componentId, pins) is not { } plugin
                || plugin.Installed.Manifest.Components.FirstOrDefault(c => c.Id == componentId) is not { Kind: ComponentKind.Knowledge, HasSideEffects: false })
            {
                return CapabilityFailures.NoKnowledge(componentId);
            }

            // As above.
            var installed = plugin.Installed;
            if (await _calls.CallAsync(plugin, componentId, question, new QuestionContext(asker, componentId), asker.Organization, asker.Chain.Add(componentId), next, ct).ConfigureAwait(false) is { } answered)
            {
                return answered.Then<KnowledgeReply<JsonElement>>(answer => new(new KnowledgeReply<JsonElement>(answer, new(componentId, installed.Manifest.Id, installed.Manifest.Version, installed.Sha256))));
            }
        }
    }

    /// <summary>Unloads all plugins. A second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        ImmutableList<LoadedPlugin> plugins;
        lock (_gate)
        {
            plugins = _state.Plugins;
            _state = LoadedPlugins.Empty;
        }

        foreach (var plugin in plugins)
        {
            await _retirement.CloseAsync(plugin, CancellationToken.None).ConfigureAwait(false);
        }

        await _workers.DisposeAsync().ConfigureAwait(false);
        if (_ownsCapabilities)
        {
            _capabilities.Dispose();
        }
    }

    private Result<InstalledPlugin> Load(InstalledPlugin plugin)
    {
        lock (_gate)
        {
            if (_state.Find(plugin.Manifest.Id, plugin.Manifest.Version) is { } already)
            {
                return already.Installed;
            }

            if (TakenBy(plugin.Manifest) is var (component, owner))
            {
                return PluginFailures.ComponentTaken(component, owner.Id);
            }

            // Where the platform has no jail, the plugin's record says so.
            var loaded = plugin.Tier == PluginTier.Jailed && !OperatingSystem.IsLinux() ? plugin with { Tier = PluginTier.Unjailed } : plugin;
            _state = _state.With(new LoadedPlugin(loaded));
            _workers.Prepare(loaded.Tier);
            return loaded;
        }
    }
}
