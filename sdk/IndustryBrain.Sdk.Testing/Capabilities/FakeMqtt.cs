using System.Collections.Immutable;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>Brokers of messages in a test: what is published is kept.</summary>
public sealed class FakeMqtt : FakeCapability
{
    private ImmutableList<MqttMessage> _published = [];
    private ImmutableList<string> _allowed = [];

    internal FakeMqtt(FakeHost host)
        : base(host)
    {
    }

    /// <summary>What was published, in order.</summary>
    public IReadOnlyList<MqttMessage> Published => _published;

    /// <summary>Lets components publish.</summary>
    /// <param name="target">Name of a connection, a blank, and a topic filter, such as <c>plant line1/+/state</c>.</param>
    public void Allow(string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        ImmutableInterlocked.Update(ref _allowed, (held, added) => held.Add(added), target);
    }

    internal override ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct)
    {
        if (request.Operation != "publish")
        {
            return new(Unknown(request));
        }

        if (Arguments(request, CapabilityJson.Wire.MqttArguments) is not { } arguments)
        {
            return new(BadArguments(request));
        }

        if (MqttTarget.Refuse(arguments.Connection, arguments.Topic, arguments.Qos) is { } invalid)
        {
            return new(invalid);
        }

        var target = MqttTarget.Of(arguments.Connection, arguments.Topic);
        if (Host.Undeclared(CapabilityNames.Mqtt, target) is { } undeclared)
        {
            return new(undeclared);
        }

        if (!_allowed.Any(a => MqttTarget.Covers(a, target)))
        {
            return new(Host.NotGranted(CapabilityNames.Mqtt, target));
        }

        if (StepId.Refuse(arguments.Id) is { } badId)
        {
            return new(badId);
        }

        var message = new MqttMessage(arguments.Connection, arguments.Topic, request.Content) { Quality = (MqttQuality)arguments.Qos, Retain = arguments.Retain, ContentType = arguments.ContentType, Id = arguments.Id };
        ImmutableInterlocked.Update(ref _published, (held, added) => held.Add(added), message);
        return new(Answer(new MqttReceipt(context.IdOf(arguments.Id), HasReceivers: true), CapabilityJson.Wire.MqttReceipt));
    }
}
