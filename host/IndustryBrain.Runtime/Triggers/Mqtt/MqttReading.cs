using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using MQTTnet;

namespace IndustryBrain.Runtime.Triggers.Mqtt;

/// <summary>What a message is to a run: <c>{"topic","payload","contentType","retain","userProperties"}</c>. The payload is JSON where it is, else text, else Base64.</summary>
/// <param name="Payload">The message.</param>
/// <param name="Key">By what it is recognised when it comes again: its user property <c>idempotency-key</c>; null without.</param>
/// <param name="CorrelationId">Its correlation data, where it is a text; null without.</param>
internal sealed record MqttReading(JsonElement Payload, string? Key, string? CorrelationId)
{
    private const string KeyProperty = "idempotency-key";
    private const int LongestText = 200;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a message; IB3105 when it is larger than a run takes or cannot be stored.</summary>
    public static Result<MqttReading> Of(MqttApplicationMessage message, int limit)
    {
        if (message.Payload.Length > limit)
            return StartRefusals.NotTaken(message.Topic, new($"消息超过 {limit} 字节", $"the message is larger than {limit} bytes"));
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in message.UserProperties ?? [])
            properties[property.Name] = Encoding.UTF8.GetString(property.ValueBuffer.Span);
        var bytes = message.Payload.ToArray();
        var payload = JsonSerializer.SerializeToElement(new
        {
            topic = message.Topic,
            payload = ContentOf(bytes),
            contentType = message.ContentType,
            retain = message.Retain,
            userProperties = properties,
        });
        if (!Storable.Fits(payload))
            return StartRefusals.NotTaken(message.Topic, new("含有无法保存的字符", "it holds characters that cannot be stored"));
        var correlation = message.CorrelationData is { Length: > 0 and <= LongestText } data ? TextOf(data) : null;
        return new MqttReading(payload, properties.GetValueOrDefault(KeyProperty) is { Length: > 0 } key ? key : null, correlation is not null && Storable.Fits(correlation) ? correlation : null);
    }

    /// <summary>The hash of what a message carries.</summary>
    public static string HashOf(MqttApplicationMessage message) => Convert.ToHexStringLower(SHA256.HashData(message.Payload.ToArray()));

    private static object? ContentOf(byte[] bytes)
    {
        if (bytes.Length == 0)
            return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = Storable.MaxDepth - 1 });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return TextOf(bytes) ?? Convert.ToBase64String(bytes);
        }
    }

    private static string? TextOf(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
