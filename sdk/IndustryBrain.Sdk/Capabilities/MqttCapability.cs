using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>How often a broker gets a message.</summary>
public enum MqttQuality
{
    /// <summary>Once at most; nobody confirms it.</summary>
    AtMostOnce,

    /// <summary>Once at least; the broker confirms it.</summary>
    AtLeastOnce,

    /// <summary>Exactly once between host and broker.</summary>
    ExactlyOnce,
}

/// <summary>A message for a broker.</summary>
/// <param name="Connection">Name of the connection, as an administrator has configured it.</param>
/// <param name="Topic">The topic, without wildcards.</param>
/// <param name="Payload">What it carries.</param>
public sealed record MqttMessage(string Connection, string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>How often the broker gets it.</summary>
    public MqttQuality Quality { get; init; } = MqttQuality.AtLeastOnce;

    /// <summary>True when the broker is to keep it for whoever subscribes later.</summary>
    public bool Retain { get; init; }

    /// <summary>Type of the payload, such as <c>application/json</c>; null when nothing is said of it.</summary>
    public string? ContentType { get; init; }

    /// <summary>Tells messages of one step apart; null for their order, which must then be the same in each attempt.</summary>
    public string? Id { get; init; }
}

/// <summary>What became of a message.</summary>
/// <param name="Id">Its id, the same in each attempt of a step: the user property <c>idempotency-key</c> of the message. A step that is tried again may send it again; receivers tell by this.</param>
/// <param name="HasReceivers">False when the broker says that nobody has subscribed to the topic.</param>
public sealed record MqttReceipt(string Id, bool HasReceivers);

/// <summary>Messages to brokers that an administrator has configured (<c>mqtt</c>). The host keeps connections and credentials.</summary>
public sealed class MqttCapability
{
    private readonly ComponentContext _context;

    internal MqttCapability(ComponentContext context) => _context = context;

    /// <summary>Publishes a message and waits until the broker has it.</summary>
    public async ValueTask<Result<MqttReceipt>> PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var arguments = new MqttArguments(message.Connection, message.Topic, (int)message.Quality, message.Retain, message.ContentType, message.Id);
        return (await _context.RequestAsync(CapabilityNames.Mqtt, "publish", arguments, CapabilityJson.Wire.MqttArguments, CapabilityJson.Wire.MqttReceipt, message.Payload, cancellationToken).ConfigureAwait(false))
            .TryGet(out var answer, out var failure) ? answer.Value : failure;
    }
}
