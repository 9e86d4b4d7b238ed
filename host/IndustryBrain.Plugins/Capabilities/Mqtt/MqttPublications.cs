using System.Collections.Concurrent;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>Messages of plugins to the brokers that an administrator has configured, and to those that their organization has connections to.</summary>
internal sealed class MqttPublications(MqttOptions options, IMqttConnections connections, ISecretStore secrets, TimeProvider time, ILogger logger) : Capability, IDisposable
{
    private readonly ConcurrentDictionary<(string Organization, string Connection), MqttLink> _links = new();

    public override string Name => CapabilityNames.Mqtt;

    public override bool GoesOut => true;

    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct)
    {
        if (call.Request.Operation != "publish")
        {
            return CapabilityFailures.UnknownOperation(Name, call.Request.Operation);
        }

        if (Arguments(call, CapabilityJson.Wire.MqttArguments) is not { } arguments)
        {
            return BadArguments(call);
        }

        if (MqttTarget.Refuse(arguments.Connection, arguments.Topic, arguments.Qos) is { } invalid)
        {
            return invalid;
        }

        call.Target = MqttTarget.Of(arguments.Connection, arguments.Topic);
        if (call.Permissions.Demand(Name, call.Target) is { } refused)
        {
            return refused;
        }

        if (StepId.Refuse(arguments.Id) is { } badId)
        {
            return badId;
        }

        var allowed = call.Permissions.MaxBytes(Name, options.MaxPayloadBytes);
        if (call.Request.Content.Length > allowed)
        {
            return CapabilityFailures.TooLarge(arguments.Topic, allowed);
        }

        if (await connections.FindAsync(call.Organization, arguments.Connection, ct).ConfigureAwait(false) is not { } connection)
        {
            return CapabilityFailures.NoConnection(arguments.Connection);
        }

        var link = LinkOf(call.Organization, arguments.Connection, connection);
        var id = call.Context.IdOf(arguments.Id);
        return (await link.PublishAsync(arguments, call.Request.Content, id, ct).ConfigureAwait(false)).TryGet(out var hasReceivers, out var failure)
            ? Answer(new MqttReceipt(id, hasReceivers), CapabilityJson.Wire.MqttReceipt)
            : failure;
    }

    // One of settings that were changed is closed when the next message goes out; what it was sending then fails, and is tried again.
    private MqttLink LinkOf(string organization, string name, MqttConnection connection)
    {
        while (true)
        {
            var link = _links.GetOrAdd((organization, name), key => new(key.Connection, key.Organization, connection, options, secrets, time, logger));
            if (link.Revision == connection.Revision)
            {
                return link;
            }

            if (_links.TryRemove(new((organization, name), link)))
            {
                link.Dispose();
            }
        }
    }

    public void Dispose()
    {
        foreach (var link in _links.Values)
        {
            link.Dispose();
        }
    }
}
