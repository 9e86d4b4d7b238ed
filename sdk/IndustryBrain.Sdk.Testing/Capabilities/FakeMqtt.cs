using System.Collections.Immutable;
using IndustryBrain.Plugins.Capabilities;
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

        if (arguments.Topic.Length == 0 || arguments.Topic.AsSpan().ContainsAny('+', '#', '\0'))
        {
            return new(CapabilityFailures.RequestInvalid("topic", new("应为不含通配符的主题", "it must be a topic without wildcards")));
        }

        var target = $"{arguments.Connection} {arguments.Topic}";
        if (Host.Undeclared(CapabilityNames.Mqtt, target, Covers) is { } undeclared)
        {
            return new(undeclared);
        }

        if (!_allowed.Any(a => Covers(a, target)))
        {
            return new(Host.NotGranted(CapabilityNames.Mqtt, target));
        }

        var message = new MqttMessage(arguments.Connection, arguments.Topic, request.Content) { Quality = (MqttQuality)arguments.Qos, Retain = arguments.Retain, ContentType = arguments.ContentType, Id = arguments.Id };
        ImmutableInterlocked.Update(ref _published, (held, added) => held.Add(added), message);
        return new(Answer(new MqttReceipt(context.IdOf(arguments.Id), HasReceivers: true), CapabilityJson.Wire.MqttReceipt));
    }

    // A filter of MQTT: + stands for one level, # at the end for any rest.
    private static bool Covers(string allowed, string wanted)
    {
        var (filter, topic) = (allowed.Split('/'), wanted.Split('/'));
        for (var i = 0; i < filter.Length; i++)
        {
            // The connection stands before the first level.
            var level = i == 0 ? filter[0][(filter[0].IndexOf(' ', StringComparison.Ordinal) + 1)..] : filter[i];
            var connection = i == 0 ? filter[0][..^level.Length] : "";
            if (level == "#")
            {
                return i > 0 || wanted.StartsWith(connection, StringComparison.Ordinal);
            }

            if (i >= topic.Length || (level == "+" ? !topic[i].StartsWith(connection, StringComparison.Ordinal) : filter[i] != topic[i]))
            {
                return false;
            }
        }

        return filter.Length == topic.Length;
    }
}
