using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities.Clock;
using IndustryBrain.Plugins.Capabilities.DataSets;
using IndustryBrain.Plugins.Capabilities.Events;
using IndustryBrain.Plugins.Capabilities.Files;
using IndustryBrain.Plugins.Capabilities.Folders;
using IndustryBrain.Plugins.Capabilities.Http;
using IndustryBrain.Plugins.Capabilities.Knowledge;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>Serves what plugins ask of the host, the same for every tier: checks the permission, does it, logs and meters it.</summary>
public sealed partial class CapabilityBroker : IDisposable
{
    private const int MaxNameLength = 60;
    private const int MaxTargetLength = 400;
    private readonly FrozenDictionary<string, Capability> _capabilities;
    private readonly ConcurrentDictionary<(string Plugin, string Version, string Capability), Counts> _uses = new();
    private readonly ConcurrentDictionary<(string Plugin, string Organization), Redactor> _redactors = new();
    private readonly CapabilityOptions _options;
    private readonly IPluginGrants _grants;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>A broker.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="grants">What plugins may use; by default what trusted ones declare.</param>
    /// <param name="secrets">Where secrets are kept; none by default.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Where uses are logged.</param>
    /// <param name="events">Brings events to runs; null where none are executed.</param>
    /// <param name="dataSets">Where data sets are kept; none by default.</param>
    /// <param name="mqtt">Brokers of messages; none by default.</param>
    public CapabilityBroker(CapabilityOptions options, IPluginGrants? grants = null, ISecretStore? secrets = null, TimeProvider? time = null, ILogger<CapabilityBroker>? logger = null, IEventPublisher? events = null, IDataSetStore? dataSets = null, MqttOptions? mqtt = null)
        : this(options, new OutboundConnections(options), grants, secrets, time, logger, events, dataSets, mqtt)
    {
    }

    internal CapabilityBroker(CapabilityOptions options, OutboundConnections connections, IPluginGrants? grants, ISecretStore? secrets, TimeProvider? time, ILogger<CapabilityBroker>? logger, IEventPublisher? events = null, IDataSetStore? dataSets = null, MqttOptions? mqtt = null, IMqttConnections? brokers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _grants, _time) = (options, grants ?? new DeclaredGrants(), time ?? TimeProvider.System);
        _logger = logger ?? NullLogger<CapabilityBroker>.Instance;
        secrets ??= new NoSecrets();
        mqtt ??= new();
        Capability[] capabilities =
        [
            new HttpRequests(options, connections, secrets, _time), new SavedFiles(options), new PluginFolders(options), new StoredSecrets(secrets),
            new KnowledgeQuestions(options), new HostClock(options, _time), new EventPublications(options, events),
            new DataSetRequests(options, dataSets ?? new NoDataSets()), new MqttPublications(mqtt, brokers ?? new ConfiguredMqtt(mqtt), secrets, _time, _logger),
        ];
        _capabilities = capabilities.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
    }

    /// <summary>What each plugin version has used since this host started.</summary>
    public IReadOnlyList<CapabilityUse> Uses =>
        [.. _uses.Select(u => new CapabilityUse(u.Key.Plugin, u.Key.Version, u.Key.Capability, u.Value.Requests, u.Value.Denied, u.Value.Failed, u.Value.Sent, u.Value.Received))];

    /// <summary>Closes the connections to other systems.</summary>
    public void Dispose()
    {
        foreach (var capability in _capabilities.Values.OfType<IDisposable>())
        {
            capability.Dispose();
        }
    }

    internal BrokeredContext ContextFor(InstalledPlugin plugin, string organization, ImmutableArray<string> chain, JsonElement input, ComponentContext run, IKnowledgeSource knowledge) =>
        new(this, plugin, organization, chain, run, new HandedFiles(input), knowledge);

    internal Redactor RedactorOf(InstalledPlugin plugin, string organization) => _redactors.GetOrAdd((plugin.Manifest.Id, organization), _ => new());

    /// <summary>Null when the plugin may use a capability that is served elsewhere, and <paramref name="judge"/> has nothing against it.</summary>
    internal async ValueTask<Failure?> DemandAsync(BrokeredContext context, string capability, string operation, Func<Failure?> judge, CancellationToken ct)
    {
        var started = _time.GetTimestamp();
        var failure = Refused(context) ?? (await PermissionsOfAsync(context, ct).ConfigureAwait(false)).Demand(capability) ?? judge();
        Record(context, capability, operation, target: null, goesOut: false, failure, 0, 0, started);
        return failure;
    }

    internal async ValueTask<Result<CapabilityAnswer>> RequestAsync(BrokeredContext context, CapabilityRequest request, CancellationToken ct)
    {
        var started = _time.GetTimestamp();
        if (Refused(context) is { } refused)
        {
            return refused;
        }

        if (!_capabilities.TryGetValue(request.Capability ?? "", out var capability))
        {
            return CapabilityFailures.UnknownOperation(Short(request.Capability), Short(request.Operation));
        }

        Result<CapabilityAnswer> answer;
        var call = new CapabilityCall(request, context, await PermissionsOfAsync(context, ct).ConfigureAwait(false));
        try
        {
            answer = await capability.RequestAsync(call, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A defect of ours must not reach a plugin as an exception with our insides; it is logged here, at the edge.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroke(e, capability.Name, context.Plugin.Manifest.Id, context.Plugin.Manifest.Version);
            answer = CapabilityFailures.Broke(capability.Name);
        }

        var received = answer.TryGet(out var given, out var failure) ? given.Content.Length : 0;
        Record(context, capability.Name, Short(request.Operation), call.Target, capability.GoesOut, failure, request.Content.Length, received, started);
        return answer;
    }

    /// <summary>True when the plugin may not do what it asked for.</summary>
    internal static bool IsDenial(Failure failure) => failure.Code is "IB1131" or "IB1132" or "IB1133" or "IB1190";

    private Failure? Refused(BrokeredContext context) =>
        context.HasEnded ? CapabilityFailures.CallEnded(context.ComponentId)
        : context.CountRequest() > _options.MaxRequests ? CapabilityFailures.TooManyRequests(context.ComponentId, _options.MaxRequests)
        : null;

    private async ValueTask<PermissionSet> PermissionsOfAsync(BrokeredContext context, CancellationToken ct) =>
        new(context.Plugin.Manifest, await _grants.FindAsync(context.Plugin, context.Organization, ct).ConfigureAwait(false));

    private void Record(BrokeredContext context, string capability, string operation, string? target, bool goesOut, Failure? failure, long sent, long received, long started)
    {
        var (plugin, version) = (context.Plugin.Manifest.Id, context.Plugin.Manifest.Version);
        var isDenied = failure is not null && IsDenial(failure);

        // What a plugin made up goes neither into figures nor, but as one short line, into the log.
        (operation, target) = (failure?.Code == CapabilityFailures.Unknown ? "" : operation, target is null ? null : OneLine.Of(target, MaxTargetLength));
        var outcome = failure is null ? "ok" : isDenied ? "denied" : "failed";
        _uses.GetOrAdd((plugin, version, capability), _ => new()).Add(isDenied, failure is not null && !isDenied, sent, received);
        CapabilityMeters.Record(context.Plugin, capability, operation, outcome, sent, received, _time.GetElapsedTime(started));
        var level = isDenied ? LogLevel.Warning : goesOut || failure is not null ? LogLevel.Information : LogLevel.Debug;
        LogUse(level, plugin, version, context.ComponentId, capability, operation, target, outcome, failure?.Code, context.IdempotencyKey);
    }

    private static string Short(string? name) => name is null ? "" : name.Length > MaxNameLength ? name[..MaxNameLength] : name;

    [LoggerMessage(Message = "Plugin {PluginId} {PluginVersion}, component {ComponentId}: {Capability} {Operation} {Target}: {Outcome} {Code} in call {IdempotencyKey}")]
    private partial void LogUse(LogLevel level, string pluginId, string pluginVersion, string componentId, string capability, string operation, string? target, string outcome, string? code, string idempotencyKey);

    [LoggerMessage(Level = LogLevel.Error, Message = "Capability {Capability} failed for plugin {PluginId} {PluginVersion}")]
    private partial void LogBroke(Exception exception, string capability, string pluginId, string pluginVersion);

    private sealed class Counts
    {
        private long _requests;
        private long _denied;
        private long _failed;
        private long _sent;
        private long _received;

        public long Requests => Interlocked.Read(ref _requests);

        public long Denied => Interlocked.Read(ref _denied);

        public long Failed => Interlocked.Read(ref _failed);

        public long Sent => Interlocked.Read(ref _sent);

        public long Received => Interlocked.Read(ref _received);

        public void Add(bool isDenied, bool isFailed, long sent, long received)
        {
            Interlocked.Increment(ref _requests);
            Interlocked.Add(ref _denied, isDenied ? 1 : 0);
            Interlocked.Add(ref _failed, isFailed ? 1 : 0);
            Interlocked.Add(ref _sent, sent);
            Interlocked.Add(ref _received, received);
        }
    }
}
