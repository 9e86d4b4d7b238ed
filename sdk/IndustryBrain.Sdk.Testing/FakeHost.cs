using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Schemas;
using IndustryBrain.Sdk.Testing.Capabilities;

namespace IndustryBrain.Sdk.Testing;

/// <summary>The host of a component in a test. What the test has not prepared is refused as a host refuses what was not granted (IB1131); of a plugin, what its assembly does not declare as well (IB1132), prepared or not.</summary>
public sealed class FakeHost
{
    // As components read it; anonymous objects are written too, which those options take for records.
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = ComponentJson.Options.Encoder,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly ConcurrentDictionary<string, Func<CapabilityRequest, CancellationToken, ValueTask<Result<CapabilityAnswer>>>> _served = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<Component, object> _configured = [];
    private readonly IReadOnlyList<PermissionAttribute>? _declared;

    /// <summary>A host of no plugin in particular: permissions need not be declared.</summary>
    public FakeHost()
    {
        PluginId = "test";
        (Http, Files, Folder, Secrets, Knowledge) = (new(this), new(this), new(this), new(this), new(this));
        (DataSets, Mqtt, Events, Clock) = (new(this), new(this), new(this), new(this));
    }

    /// <summary>A host of the plugin that a component belongs to.</summary>
    /// <param name="component">Class of the component; its assembly declares the permissions.</param>
    public FakeHost(Type component)
        : this()
    {
        ArgumentNullException.ThrowIfNull(component);
        PluginId = component.Assembly.GetCustomAttribute<PluginAttribute>()?.Id ?? PluginId;
        _declared = [.. component.Assembly.GetCustomAttributes<PermissionAttribute>()];
    }

    /// <summary>Id of the plugin, as failures name it; <c>test</c> when its assembly has none.</summary>
    public string PluginId { get; }

    /// <summary>The clock of components; the system's by default.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Settings of the plugin, handed to each component before its first call: a record, an anonymous object or JSON; null for none.</summary>
    public object? Settings { get; set; }

    /// <summary>Replies to HTTP requests.</summary>
    public FakeHttp Http { get; }

    /// <summary>Files of the run.</summary>
    public FakeFiles Files { get; }

    /// <summary>The plugin's own folder.</summary>
    public FakeFolder Folder { get; }

    /// <summary>Secrets.</summary>
    public FakeSecrets Secrets { get; }

    /// <summary>Knowledge of other plugins.</summary>
    public FakeKnowledge Knowledge { get; }

    /// <summary>Data sets of the organization.</summary>
    public FakeDataSets DataSets { get; }

    /// <summary>Brokers of messages.</summary>
    public FakeMqtt Mqtt { get; }

    /// <summary>Events for other runs.</summary>
    public FakeEvents Events { get; }

    /// <summary>The clock that components ask the host for.</summary>
    public FakeClock Clock { get; }

    internal Redactor Redactor { get; } = new();

    /// <summary>Happens before a component gets anything of the host; null in usual tests.</summary>
    internal Func<CancellationToken, ValueTask>? BeforeUse { get; set; }

    /// <summary>Serves a capability by a function from now on: one that the SDK has no type for, or one of the above to let it fail.</summary>
    /// <param name="capability">Name of the capability, such as <c>http</c>.</param>
    /// <param name="serve">Answers its requests.</param>
    public void Serve(string capability, Func<CapabilityRequest, CancellationToken, ValueTask<Result<CapabilityAnswer>>> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        _served[capability] = serve;
    }

    /// <summary>Calls a component once, as a host does: settings before its first call, JSON in, JSON out.</summary>
    /// <param name="component">The component.</param>
    /// <param name="input">A record, an anonymous object or a <see cref="JsonElement"/>; a text is read as JSON.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ComponentCall> CallAsync(Component component, object input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(component);
        var json = ToJson(input);
        var context = new FakeContext(this) { Input = json };
        if (!_configured.TryGetValue(component, out _))
        {
            if (await component.ConfigureAsync(ToJson(Settings ?? "{}"), cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return new(failure, context);
            }

            _configured.AddOrUpdate(component, this);
        }

        return new(await component.InvokeAsync(json, context, cancellationToken).ConfigureAwait(false), context);
    }

    internal static JsonElement ToJson(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value switch
        {
            JsonElement json => json,
            string text => JsonElement.Parse(text),
            _ => JsonSerializer.SerializeToElement(value, value.GetType(), Written),
        };
    }

    internal async ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct)
    {
        if (BeforeUse is { } before)
        {
            await before(ct).ConfigureAwait(false);
        }

        ct.ThrowIfCancellationRequested();
        if (_served.TryGetValue(request.Capability, out var serve))
        {
            return await serve(request, ct).ConfigureAwait(false);
        }

        FakeCapability? capability = request.Capability switch
        {
            CapabilityNames.Http => Http,
            CapabilityNames.Files => Files,
            CapabilityNames.Folder => Folder,
            CapabilityNames.Secrets => Secrets,
            CapabilityNames.Knowledge => Knowledge,
            CapabilityNames.DataSets => DataSets,
            CapabilityNames.Mqtt => Mqtt,
            CapabilityNames.Events => Events,
            CapabilityNames.Clock => Clock,
            _ => null,
        };
        return capability is null
            ? CapabilityFailures.UnknownOperation(request.Capability, request.Operation)
            : await capability.RequestAsync(context, request, ct).ConfigureAwait(false);
    }

    /// <summary>True when there is a plugin and it declares a permission.</summary>
    internal bool Declares(string capability, string target) => _declared is not null && Undeclared(capability, target) is null;

    /// <summary>Null when the plugin declares a permission, or there is no plugin; else IB1132.</summary>
    internal Failure? Undeclared(string capability, string? target = null, Func<string, string, bool>? covers = null)
    {
        covers ??= TargetRule.Of(capability).Covers;
        return _declared is null || _declared.Any(p => p.Capability == capability && (target is null || p.Targets.Any(t => covers(t, target))))
            ? null
            : CapabilityFailures.NotDeclared(PluginId, Permission(capability, target));
    }

    /// <summary>What is said when a test has not prepared something.</summary>
    internal Failure NotGranted(string capability, string? target = null) => CapabilityFailures.NotGranted(PluginId, Permission(capability, target));

    private static string Permission(string capability, string? target) => target is null ? capability : $"{capability} {target}";
}
