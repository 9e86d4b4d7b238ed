using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Knowledge;
using IndustryBrain.Plugins.Isolation;
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
/// <param name="options">Limits of a call.</param>
/// <param name="time">Clock of the deadlines.</param>
/// <param name="logger">Where internal errors of components go; people see only a code.</param>
/// <param name="workers">Limits of the processes of plugins that are not trusted.</param>
/// <param name="capabilities">Serves what plugins ask of the host; the caller disposes it. By default trusted plugins have what they declare, and nothing is kept.</param>
/// <param name="settings">Where the settings of plugins are kept; by default there are none.</param>
public sealed partial class PluginHost(PluginOptions options, TimeProvider time, ILogger<PluginHost>? logger = null, WorkerOptions? workers = null, CapabilityBroker? capabilities = null, IPluginSettings? settings = null) : IComponentCatalog, IKnowledgeSource, IAsyncDisposable
{
    private readonly CapabilityBroker _capabilities = capabilities ?? new(new CapabilityOptions(), time: time);
    private readonly IPluginSettings _settings = settings ?? new NoSettings();
    private readonly ILogger<PluginHost> _logger = logger ?? NullLogger<PluginHost>.Instance;
    private readonly WorkerPool _workers = new(workers ?? new(), options.CancellationGrace, time, logger ?? NullLogger<PluginHost>.Instance);
    private readonly ConcurrentDictionary<(string Id, string Version), CallMeter> _meters = [];
    private readonly UnloadWatch _unloads = new();
    private readonly Lock _gate = new();
    private bool _isDisposed;
    private volatile State _state = State.Empty;

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
            _state = State.Of(_state.Plugins, _state.Chosen.SetItem(id, version));
        }
    }

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
            replaced = _state.Plugins.Find(p => Is(p, plugin.Manifest.Id, plugin.Manifest.Version));
            if (replaced is not null)
            {
                _state = State.Of(_state.Plugins.Remove(replaced), _state.Chosen);
            }

            var loaded = Load(plugin);
            if (!loaded.TryGet(out _, out _) && replaced is not null)
            {
                _state = State.Of(_state.Plugins.Add(replaced), _state.Chosen);
                replaced = null;
            }

            _ = replaced is null ? Task.CompletedTask : Task.Run(() => CloseAsync(replaced, CancellationToken.None));
            return loaded;
        }
    }

    /// <summary>Takes a plugin version out of use, waits for its calls under way, and unloads its assembly. Unknown versions are no error.</summary>
    public async Task UnloadAsync(string id, string version, CancellationToken cancellationToken = default)
    {
        LoadedPlugin? removed;
        lock (_gate)
        {
            removed = _state.Plugins.Find(p => Is(p, id, version));
            if (removed is null)
            {
                return;
            }

            _state = State.Of(_state.Plugins.Remove(removed), _state.Chosen);
            _meters.TryRemove((id.ToLowerInvariant(), version), out _);
        }

        await CloseAsync(removed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the calls of a plugin version that are under way and unloads its code, or ends its processes; the version stays known, and its next call loads it again. Unknown versions are no error.</summary>
    public async Task ReleaseAsync(string id, string version, CancellationToken cancellationToken = default)
    {
        LoadedPlugin? released;
        lock (_gate)
        {
            released = _state.Plugins.Find(p => Is(p, id, version));
            if (released is null)
            {
                return;
            }

            _state = State.Of(_state.Plugins.Replace(released, new LoadedPlugin(released.Installed)), _state.Chosen);
        }

        await CloseAsync(released, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a version has done in this process; null when it is not known.</summary>
    public PluginUsage? UsageOf(PluginPin pin)
    {
        if (Pinned(_state, pin) is not { } plugin)
        {
            return null;
        }

        var processes = _workers.ProcessesOf(plugin.Installed);
        var (bytes, spent) = ProcessUse.Of(processes);
        return MeterOf(plugin.Installed).Read(processes.Count, bytes, spent);
    }

    /// <summary>True when a version was stopped after crashing again and again (IB1125).</summary>
    public bool IsTripped(PluginPin pin) => Pinned(_state, pin) is { } plugin && _workers.IsTripped(plugin.Installed);

    /// <summary>True when code of this version is loaded in this process, or runs in one of its own.</summary>
    public bool IsInUse(string id, string version) => _state.Plugins.Find(p => Is(p, id, version)) is { } plugin && (plugin.IsOpen || _workers.Runs(plugin.Installed));

    /// <summary>Versions whose code was unloaded but stays in memory, because something of it is still referred to: it goes when this process ends.</summary>
    public IReadOnlyList<InstalledPlugin> NotUnloaded => _unloads.Alive;

    /// <inheritdoc />
    public ComponentDescriptor? Find(string componentId) => _state.ByComponent.TryGetValue(componentId, out var found) ? found.Descriptor : null;

    /// <summary>The plugin that answers for a component, or null.</summary>
    public InstalledPlugin? PluginOf(string componentId) => _state.ByComponent.TryGetValue(componentId, out var found) ? found.Plugin.Installed : null;

    /// <summary>The version that answers for a component now, or null.</summary>
    public PluginPin? PinOf(string componentId) => PluginOf(componentId) is { } plugin ? plugin.Pin : null;

    /// <summary>The catalog as a run sees it that holds on to versions.</summary>
    /// <param name="pins">The versions by component id; of a component that is not named the version that answers now.</param>
    public IComponentCatalog CatalogOf(IReadOnlyDictionary<string, PluginPin>? pins) => pins is { Count: > 0 } ? new PinnedCatalog(this, pins) : this;

    /// <summary>The plugin version that a pin means, when it is loaded with that content; else null.</summary>
    public InstalledPlugin? Find(PluginPin pin) => Pinned(_state, pin)?.Installed;

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

    /// <summary>Calls a component. Whatever it throws becomes IB1111 and is logged; beyond its time IB1112; too large an input IB1113. What a plugin that is not trusted may meet besides is IB1114–IB1127.</summary>
    /// <param name="componentId">The component.</param>
    /// <param name="input">Its input.</param>
    /// <param name="context">What the call may use.</param>
    /// <param name="organization">Id of the organization that it is called for: no process of a plugin serves two.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ValueTask<Result<JsonElement>> CallAsync(string componentId, JsonElement input, ComponentContext context, string organization, CancellationToken cancellationToken) =>
        CallAsync(componentId, null, input, context, organization, cancellationToken);

    /// <summary>As <see cref="CallAsync(string, JsonElement, ComponentContext, string, CancellationToken)"/>, in the version that <paramref name="pin"/> means; IB1150 when it is not loaded.</summary>
    public async ValueTask<Result<JsonElement>> CallAsync(string componentId, PluginPin? pin, JsonElement input, ComponentContext context, string organization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        while (true)
        {
            var state = _state;
            var plugin = pin is not null ? Pinned(state, pin) : state.ByComponent.TryGetValue(componentId, out var found) ? found.Plugin : null;
            if (plugin is null)
            {
                return pin is null ? PluginFailures.ComponentNotInstalled(componentId) : PluginFailures.VersionNotLoaded(pin);
            }

            // It was released, replaced or removed in that moment: what answers now is asked again.
            if (await CallAsync(plugin, componentId, input, context, organization, [componentId], cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }
        }
    }

    /// <inheritdoc />
    async ValueTask<Result<KnowledgeReply<JsonElement>>> IKnowledgeSource.AskAsync(BrokeredContext asker, string componentId, JsonElement question, CancellationToken ct)
    {
        if (!_state.ByComponent.TryGetValue(componentId, out var found) || found.Descriptor is not { Kind: ComponentKind.Knowledge, HasSideEffects: false })
        {
            return CapabilityFailures.NoKnowledge(componentId);
        }

        var plugin = found.Plugin.Installed;
        var answered = await CallAsync(found.Plugin, componentId, question, new QuestionContext(asker, componentId), asker.Organization, asker.Chain.Add(componentId), ct).ConfigureAwait(false)
            ?? PluginFailures.ComponentNotInstalled(componentId);
        return answered.Then<KnowledgeReply<JsonElement>>(answer => new(new KnowledgeReply<JsonElement>(answer, new(componentId, plugin.Manifest.Id, plugin.Manifest.Version, plugin.Sha256))));
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
            _state = State.Empty;
        }

        foreach (var plugin in plugins)
        {
            await CloseAsync(plugin, CancellationToken.None).ConfigureAwait(false);
        }

        await _workers.DisposeAsync().ConfigureAwait(false);
        if (capabilities is null)
        {
            _capabilities.Dispose();
        }
    }

    /// <returns>Null when the plugin takes no calls any more.</returns>
    private async ValueTask<Result<JsonElement>?> CallAsync(LoadedPlugin plugin, string componentId, JsonElement input, ComponentContext context, string organization, ImmutableArray<string> chain, CancellationToken cancellationToken)
    {
        if (input.ValueKind != JsonValueKind.Undefined && JsonMarshal.GetRawUtf8Value(input).Length > options.MaxInputBytes)
        {
            return PluginFailures.InputTooLarge(componentId, options.MaxInputBytes);
        }

        var settings = await SettingsOfAsync(plugin.Installed, organization, cancellationToken).ConfigureAwait(false);
        if (!plugin.TryEnter())
        {
            return null;
        }

        // What it may use goes through the same broker in every tier, and ends with the call.
        var meter = MeterOf(plugin.Installed);
        var brokered = _capabilities.ContextFor(plugin.Installed, organization, chain, input, context, this);
        brokered.Meter = meter;
        var began = time.GetTimestamp();
        try
        {
            var answer = plugin.Installed.Tier == PluginTier.Trusted
                ? await CallTrustedAsync(plugin, organization, settings, componentId, input, brokered, cancellationToken).ConfigureAwait(false)
                : await CallIsolatedAsync(plugin, organization, settings, componentId, input, brokered, cancellationToken).ConfigureAwait(false);
            var redacted = answer.Failure is { } failure ? brokered.Redact(failure) : null;
            meter.Record(componentId, time.GetElapsedTime(began), redacted);
            return redacted is null ? answer : redacted;
        }
        finally
        {
            brokered.End();
        }
    }

    private async Task<Result<JsonElement>> CallTrustedAsync(LoadedPlugin plugin, string organization, JsonElement settings, string componentId, JsonElement input, BrokeredContext context, CancellationToken cancellationToken)
    {
        // On a task of its own: an AsyncLocal that the component sets must not stay with the caller, where it would hold the plugin.
        using var deadline = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var call = Task.Run(() => InvokeAsync(plugin, organization, settings, componentId, input, context, either.Token), CancellationToken.None);
        try
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (either.Token.Register(static s => ((TaskCompletionSource)s!).TrySetResult(), stopped).ConfigureAwait(false))
            {
                if (await Task.WhenAny(call, stopped.Task).ConfigureAwait(false) != call)
                {
                    await Task.WhenAny(call, Task.Delay(options.CancellationGrace, time, CancellationToken.None)).ConfigureAwait(false);
                    if (!call.IsCompleted)
                    {
                        LogIgnoredCancellation(componentId);
                        cancellationToken.ThrowIfCancellationRequested();
                        return PluginFailures.TimedOut(componentId, options.CallTimeout);
                    }
                }
            }

            return await call.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            return PluginFailures.TimedOut(componentId, options.CallTimeout);
        }
    }

    private async Task<Result<JsonElement>> CallIsolatedAsync(LoadedPlugin plugin, string organization, JsonElement settings, string componentId, JsonElement input, ComponentContext context, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await _workers.CallAsync(plugin.Installed, organization, settings, componentId, input, context, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            return PluginFailures.TimedOut(componentId, options.CallTimeout);
        }
        finally
        {
            plugin.Leave();
        }
    }

    private Result<InstalledPlugin> Load(InstalledPlugin plugin)
    {
        lock (_gate)
        {
            if (_state.Plugins.Find(p => Is(p, plugin.Manifest.Id, plugin.Manifest.Version)) is { } already)
            {
                return already.Installed;
            }

            foreach (var component in plugin.Manifest.Components)
            {
                if (_state.ByComponent.TryGetValue(component.Id, out var other) && !string.Equals(other.Plugin.Installed.Manifest.Id, plugin.Manifest.Id, StringComparison.OrdinalIgnoreCase))
                {
                    return PluginFailures.ComponentTaken(component.Id, other.Plugin.Installed.Manifest.Id);
                }
            }

            // Where the platform has no jail, the plugin's record says so.
            var loaded = plugin.Tier == PluginTier.Jailed && !OperatingSystem.IsLinux() ? plugin with { Tier = PluginTier.Unjailed } : plugin;
            _state = State.Of(_state.Plugins.Add(new LoadedPlugin(loaded)), _state.Chosen);
            _workers.Prepare(loaded.Tier);
            return loaded;
        }
    }

    private async Task<Result<JsonElement>> InvokeAsync(LoadedPlugin plugin, string organization, JsonElement settings, string componentId, JsonElement input, BrokeredContext context, CancellationToken ct)
    {
        TrustedComponents? components = null;
        try
        {
            try
            {
                components = plugin.Enter(plugin.Installed.Manifest.Settings is null ? "" : organization, settings, out var replaced);
                _ = replaced is null ? Task.CompletedTask : RetireAsync(plugin.Installed, replaced);
            }
#pragma warning disable CA1031 // A plugin's assembly and constructors are foreign code: whatever they throw is the plugin's failure, not the host's.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogLoadFailed(e, plugin.Installed.Manifest.Id, plugin.Installed.Manifest.Version);
                return PluginFailures.LoadFailed(plugin.Installed.Manifest.Id);
            }

            if (!components.Set.Has(componentId))
            {
                return PluginFailures.ComponentAbsent(componentId, plugin.Installed.Manifest.Id);
            }

            return (await components.Set.ReadyAsync(componentId, ct).ConfigureAwait(false)).TryGet(out var component, out var failure)
                ? await component.InvokeAsync(input, context, ct).ConfigureAwait(false)
                : PluginFailures.NotConfigured(plugin.Installed.Manifest.Id, failure);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // As above: foreign code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogComponentThrew(componentId, plugin.Installed.Manifest.Version, context.IdempotencyKey, context.Redactor.Redact(e.ToString()));
            return PluginFailures.ComponentThrew(componentId);
        }
        finally
        {
            components?.Calls.Leave();
            plugin.Leave();
        }
    }

    private async ValueTask<JsonElement> SettingsOfAsync(InstalledPlugin plugin, string organization, CancellationToken ct) =>
        plugin.Manifest.Settings is null ? NoSettings.Empty : await _settings.FindAsync(plugin, organization, ct).ConfigureAwait(false) ?? NoSettings.Empty;

    // Stops objects that no new call comes to, when their last has ended.
    private async Task RetireAsync(InstalledPlugin plugin, TrustedComponents components)
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

    private async Task CloseAsync(LoadedPlugin plugin, CancellationToken ct)
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
        await _workers.StopAsync(plugin.Installed).ConfigureAwait(false);
    }

    private CallMeter MeterOf(InstalledPlugin plugin) => _meters.GetOrAdd((plugin.Manifest.Id.ToLowerInvariant(), plugin.Manifest.Version), static (_, clock) => new(clock), time);

    private static LoadedPlugin? Pinned(State state, PluginPin pin) => state.Plugins.Find(p => Is(p, pin.Plugin, pin.Version) && p.Installed.Sha256 == pin.Sha256);

    private static bool Is(LoadedPlugin plugin, string id, string version) =>
        string.Equals(plugin.Installed.Manifest.Id, id, StringComparison.OrdinalIgnoreCase) && plugin.Installed.Manifest.Version == version;

    [LoggerMessage(Level = LogLevel.Error, Message = "Component {ComponentId} {PluginVersion} threw in call {IdempotencyKey}: {Details}")]
    private partial void LogComponentThrew(string componentId, string pluginVersion, string idempotencyKey, string details);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {PluginId} {PluginVersion} cannot be loaded")]
    private partial void LogLoadFailed(Exception exception, string pluginId, string pluginVersion);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Component {ComponentId} ignored its cancellation and goes on without a caller")]
    private partial void LogIgnoredCancellation(string componentId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {PluginId} {PluginVersion} did not stop: {Details}")]
    private partial void LogNotStopped(string pluginId, string pluginVersion, string details);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {PluginId} {PluginVersion} is unloaded while calls are under way")]
    private partial void LogStillCalled(string pluginId, string pluginVersion);

    private sealed class PinnedCatalog(PluginHost host, IReadOnlyDictionary<string, PluginPin> pins) : IComponentCatalog
    {
        public ComponentDescriptor? Find(string componentId) => pins.TryGetValue(componentId, out var pin)
            ? host.Find(pin)?.Manifest.Components.FirstOrDefault(c => c.Id == componentId)
            : host.Find(componentId);
    }

    private sealed record State(
        ImmutableList<LoadedPlugin> Plugins,
        ImmutableDictionary<string, string?> Chosen,
        IReadOnlyList<InstalledPlugin> Installed,
        IReadOnlyList<ComponentDescriptor> Descriptors,
        Dictionary<string, (ComponentDescriptor Descriptor, LoadedPlugin Plugin)> ByComponent)
    {
        public static State Empty { get; } = Of([], ImmutableDictionary.Create<string, string?>(StringComparer.OrdinalIgnoreCase));

        public static State Of(ImmutableList<LoadedPlugin> plugins, ImmutableDictionary<string, string?> chosen)
        {
            var byComponent = new Dictionary<string, (ComponentDescriptor, LoadedPlugin)>(StringComparer.Ordinal);
            foreach (var plugin in plugins.OrderBy(p => p.Installed.Manifest.Version, VersionOrder.Instance))
            {
                if (chosen.TryGetValue(plugin.Installed.Manifest.Id, out var version) && version != plugin.Installed.Manifest.Version)
                {
                    continue;
                }

                foreach (var component in plugin.Installed.Manifest.Components)
                {
                    byComponent[component.Id] = (component, plugin);
                }
            }

            return new(
                plugins,
                chosen,
                [.. plugins.Select(p => p.Installed)],
                [.. byComponent.Values.Select(v => v.Item1).OrderBy(d => d.Id, StringComparer.Ordinal)],
                byComponent);
        }
    }
}
