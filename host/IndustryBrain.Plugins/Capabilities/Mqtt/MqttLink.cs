using System.Security.Authentication;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>The connection of one organization to one broker: made at the first message, and again at the next one when it was lost.</summary>
/// <param name="name">Name of the connection.</param>
/// <param name="organization">The organization.</param>
/// <param name="connection">The broker.</param>
/// <param name="options">Limits.</param>
/// <param name="secrets">Has the organization's password and certificate.</param>
/// <param name="time">Clock of the pauses and deadlines.</param>
/// <param name="logger">Where it says what the broker answered.</param>
internal sealed partial class MqttLink(string name, string organization, MqttConnection connection, MqttOptions options, ISecretStore secrets, TimeProvider time, ILogger logger) : IDisposable
{
    private const int LongestReason = 200;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private readonly MqttClientFactory _clients = new();
    private readonly SemaphoreSlim _inFlight = new(options.MaxInFlight);
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly string _clientId = $"{connection.Options.ClientId}-{Guid.NewGuid():N}";
    private volatile IMqttClient? _client;
    private int _waiting;
    private int _failures;
    private long _failedAt;

    /// <summary>The revision of the connection that it was made with.</summary>
    public long Revision => connection.Revision;

    private bool IsFive => connection.Options.Protocol == "5.0";

    /// <summary>Publishes a message and waits until the broker has it.</summary>
    /// <returns>False when the broker says that nobody receives it.</returns>
    public async Task<Result<bool>> PublishAsync(MqttArguments arguments, ReadOnlyMemory<byte> payload, string id, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(options.PublishTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            if (Interlocked.Increment(ref _waiting) > options.MaxWaiting)
            {
                return CapabilityFailures.TooManyMessages(name, options.MaxWaiting);
            }

            await _inFlight.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                if (await EnsureConnectedAsync(either.Token).ConfigureAwait(false) is { } failure)
                {
                    return failure;
                }

                var result = await _client!.PublishAsync(Message(arguments, payload, id), either.Token).ConfigureAwait(false);
                return result.IsSuccess ? result.ReasonCode != MqttClientPublishReasonCode.NoMatchingSubscribers : CapabilityFailures.BrokerRefused(name, result.ReasonCode.ToString());
            }
            finally
            {
                _inFlight.Release();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            return CapabilityFailures.BrokerTimedOut(name, options.PublishTimeout);
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException or IOException or ObjectDisposedException or MqttProtocolViolationException)
        {
            LogLost(e, name, organization);
            return CapabilityFailures.BrokerNotReached(name, Reason(e));
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _inFlight.Dispose();
        _connecting.Dispose();
    }

    private async Task<Failure?> EnsureConnectedAsync(CancellationToken ct)
    {
        if (_client is { IsConnected: true })
        {
            return null;
        }

        await _connecting.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_client is { IsConnected: true })
            {
                return null;
            }

            // While it is known to be down nobody waits for it, and it is not asked each time.
            if (_failures > 0 && time.GetElapsedTime(_failedAt) < Delay())
            {
                return CapabilityFailures.BrokerNotReached(name, "back-off");
            }

            var failure = await ConnectAsync(ct).ConfigureAwait(false);
            (_failures, _failedAt) = failure is null ? (0, 0) : (_failures + 1, time.GetTimestamp());
            return failure;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<Failure?> ConnectAsync(CancellationToken ct)
    {
        if (!(await MqttSettings.BuildAsync(name, organization, connection, options, secrets, ct).ConfigureAwait(false)).TryGet(out var settings, out var failure))
        {
            return failure;
        }

        // A client that lost its connection may still be busy with that, and refuses to connect meanwhile.
        _client?.Dispose();
        var client = _client = _clients.CreateMqttClient();
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            var answer = await client.ConnectAsync(settings.WithClientId(_clientId).WithCleanStart().Build(), either.Token).ConfigureAwait(false);
            if (answer.ResultCode == MqttClientConnectResultCode.Success)
            {
                LogConnected(name, organization);
                return null;
            }

            LogRefused(name, organization, answer.ResultCode.ToString());
            return CapabilityFailures.BrokerRefused(name, answer.ResultCode.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return CapabilityFailures.BrokerNotReached(name, "timeout");
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException or IOException or AuthenticationException or InvalidOperationException)
        {
            LogLost(e, name, organization);
            return CapabilityFailures.BrokerNotReached(name, Reason(e));
        }
    }

    private MqttApplicationMessage Message(MqttArguments arguments, ReadOnlyMemory<byte> payload, string id)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(arguments.Topic)
            .WithPayloadSegment(payload)
            .WithQualityOfServiceLevel((MqttQualityOfServiceLevel)arguments.Qos)
            .WithRetainFlag(arguments.Retain);
        if (IsFive)
        {
            message.WithUserProperty("idempotency-key", System.Text.Encoding.UTF8.GetBytes(id));
            if (arguments.ContentType is { Length: > 0 } type)
            {
                message.WithContentType(type);
            }
        }

        return message.Build();
    }

    private TimeSpan Delay()
    {
        var delay = options.ReconnectDelay * Math.Pow(2, Math.Min(_failures - 1, 10));
        return delay < LongestDelay ? delay : LongestDelay;
    }

    internal static string Reason(Exception e)
    {
        var text = e.GetBaseException().Message.ReplaceLineEndings(" ");
        return text.Length > LongestReason ? text[..LongestReason] : text;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "MQTT connection {Connection} of organization {Organization} was made")]
    private partial void LogConnected(string connection, string organization);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MQTT connection {Connection} of organization {Organization} was refused: {Reason}")]
    private partial void LogRefused(string connection, string organization, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MQTT connection {Connection} of organization {Organization} failed")]
    private partial void LogLost(Exception exception, string connection, string organization);
}
