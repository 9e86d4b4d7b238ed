using System.Security.Authentication;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using Npgsql;

namespace IndustryBrain.Runtime.Triggers.Mqtt;

/// <summary>
/// One organization's connection to one broker, on the node that holds its lock: the client's id stays the same, so that the broker keeps for it what comes while nobody is connected.
/// A message is acknowledged when the runs that it starts are on record, and not before.
/// </summary>
internal sealed partial class MqttListening : IAsyncDisposable
{
    private const int MostTries = 5;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly MqttServices _services;
    private readonly string _organization;
    private readonly string _name;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;
    private volatile IReadOnlySet<string> _filters;
    private volatile bool _isForgotten;
    private string? _said;
    private string _clientId = "";

    public MqttListening(MqttServices services, string organization, string name, IReadOnlySet<string> filters)
    {
        (_services, _organization, _name, _filters) = (services, organization, name, filters);
        _work = Task.Run(() => WorkAsync(_stopping.Token));
    }

    /// <summary>Names the topics; what is no longer named is not listened to any more.</summary>
    public void Listen(IReadOnlySet<string> filters)
    {
        if (!_filters.SetEquals(filters))
            _filters = filters;
    }

    /// <summary>Listens no more, and has the broker keep nothing.</summary>
    public ValueTask ForgetAsync()
    {
        _isForgotten = true;
        return DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        for (var failures = 0; !ct.IsCancellationRequested; failures++)
        {
            try
            {
                await using var owner = await _services.Database.DataSource.OpenConnectionAsync(ct);
                if (!await OwnAsync(owner, ct))
                {
                    failures = 0;
                    await PauseAsync(Tick, ct);
                    continue;
                }

                try
                {
                    await ListenAsync(owner, () => failures = 0, ct);
                }
                finally
                {
                    await DisownAsync(owner);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseOutage.Cause(e) is not null || e is TimeoutException or NpgsqlException)
            {
                _services.Outage.Failed(e);
            }
            catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException or MqttClientNotConnectedException or IOException or AuthenticationException or InvalidOperationException or OperationCanceledException)
            {
                LogLost(_services.Logger, e, _name, _organization);
                await SayAsync(false, e is OperationCanceledException ? "timeout" : MqttLink.Reason(e));
            }

            var delay = _services.Mqtt.ReconnectDelay * Math.Pow(2, Math.Min(failures, 10));
            await PauseAsync(delay < LongestDelay ? delay : LongestDelay, ct);
        }
    }

    /// <summary>Takes the lock of the connection, which the database frees at once when this process dies.</summary>
    private async Task<bool> OwnAsync(NpgsqlConnection owner, CancellationToken ct)
    {
        await using var own = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 3304))", owner) { Parameters = { new() { Value = $"{_organization} {_name}" } } };
        return (bool)(await own.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Frees the lock before the connection goes back to the others, which keep it open.</summary>
    private static async Task DisownAsync(NpgsqlConnection owner)
    {
        if (owner.State != System.Data.ConnectionState.Open)
            return;
        await using var disown = new NpgsqlCommand("select pg_advisory_unlock_all()", owner);
        await disown.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task ListenAsync(NpgsqlConnection owner, Action connected, CancellationToken ct)
    {
        if (await _services.Connections.FindAsync(_organization, _name, ct) is not { } connection)
        {
            await SayAsync(false, StartRefusals.NoSource(_name).Message.En);
            await PauseAsync(LongestDelay, ct);
            return;
        }

        if (!(await MqttSettings.BuildAsync(_name, _organization, connection, _services.Mqtt, _services.Secrets, ct)).TryGet(out var settings, out var failure))
        {
            await SayAsync(false, failure.Message.En);
            return;
        }

        _clientId = $"{connection.Options.ClientId}-{_organization}-triggers";
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e => TakeAsync(client, e, ct);
        settings.WithClientId(_clientId).WithCleanStart(false).WithReceiveMaximum((ushort)Math.Min(_services.Mqtt.MaxInFlight, ushort.MaxValue));
        if (connection.Options.Protocol == "5.0")
            settings.WithSessionExpiryInterval((uint)TimeSpan.FromHours(_services.Options.MqttSessionHours).TotalSeconds);
        using (var deadline = new CancellationTokenSource(_services.Mqtt.ConnectTimeout, _services.Time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token))
        {
            var answer = await client.ConnectAsync(settings.Build(), either.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                await SayAsync(false, answer.ResultCode.ToString());
                return;
            }
        }

        IReadOnlySet<string> subscribed = new HashSet<string>();
        while (client.IsConnected && !ct.IsCancellationRequested)
        {
            subscribed = await SubscribeAsync(client, subscribed, _filters, ct);
            await SayAsync(true, null);
            connected();
            await PauseAsync(Tick, ct);
            if (ct.IsCancellationRequested)
                break;
            // Whoever has lost the database has lost the lock, and another node listens by now.
            await using var alive = new NpgsqlCommand("select 1", owner);
            await alive.ExecuteScalarAsync(ct);
            if (connection.Resolve is not null && (await _services.Connections.FindAsync(_organization, _name, ct))?.Revision != connection.Revision)
            {
                // Somebody changed it: it is made anew.
                await client.DisconnectAsync(cancellationToken: CancellationToken.None);
                return;
            }
        }

        if (!ct.IsCancellationRequested)
        {
            await SayAsync(false, "connection lost");
            return;
        }

        if (_isForgotten)
            await SubscribeAsync(client, subscribed, new HashSet<string>(), CancellationToken.None);
        await client.DisconnectAsync(cancellationToken: CancellationToken.None);
    }

    private static async Task<IReadOnlySet<string>> SubscribeAsync(IMqttClient client, IReadOnlySet<string> subscribed, IReadOnlySet<string> wanted, CancellationToken ct)
    {
        if (ReferenceEquals(subscribed, wanted))
            return subscribed;
        foreach (var filter in wanted.Where(f => !subscribed.Contains(f)))
            await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce).Build(), ct);
        foreach (var filter in subscribed.Where(f => !wanted.Contains(f)))
            await client.UnsubscribeAsync(new MqttClientUnsubscribeOptionsBuilder().WithTopicFilter(filter).Build(), ct);
        return wanted;
    }

    private async Task TakeAsync(IMqttClient client, MqttApplicationMessageReceivedEventArgs received, CancellationToken ct)
    {
        received.AutoAcknowledge = false;
        for (var tries = 1; client.IsConnected && !ct.IsCancellationRequested; tries++)
        {
            try
            {
                if (await AcceptAsync(received, ct))
                {
                    await received.AcknowledgeAsync(ct);
                    return;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseOutage.Cause(e) is not null || e is TimeoutException)
            {
                _services.Outage.Failed(e);
                tries = 0;
            }
#pragma warning disable CA1031 // One message that nobody can take must not keep those behind it for ever.
            catch (Exception e) when (tries >= MostTries)
#pragma warning restore CA1031
            {
                LogGivenUp(_services.Logger, e, received.ApplicationMessage.Topic, _name, _organization);
                await received.AcknowledgeAsync(ct);
                return;
            }
#pragma warning disable CA1031 // As above; it is tried again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogLost(_services.Logger, e, _name, _organization);
            }

            await PauseAsync(Tick, ct);
        }
    }

    /// <returns>False when the platform takes no run now.</returns>
    private async Task<bool> AcceptAsync(MqttApplicationMessageReceivedEventArgs received, CancellationToken ct)
    {
        var message = received.ApplicationMessage;
        string[] said = [.. _filters.Where(f => MqttTarget.Covers($"{_name} {f}", $"{_name} {message.Topic}")).Select(f => $"{_name} {f}")];
        if (said.Length == 0)
            return true;
        await using var session = _services.Sessions.Open(_organization);
        await session.BeginTransactionAsync(ct);
        var reading = MqttReading.Of(message, _services.Runs.InlineBytes);
        if (!reading.TryGet(out var read, out var refused))
        {
            foreach (var trigger in await TriggerStore.OfAsync(session.Connection!, _organization, null, TriggerKind.Mqtt, said, ct))
                TriggerStore.Fired(session, trigger, null, null, refused.Code);
        }
        else if (read.Key is null && !await RunInbox.ReceiveAsync(session.Connection!, PacketOf(received), ct) && message.Dup)
        {
            // Taken before, but the acknowledgement got lost.
            return true;
        }
        else if (!await _services.Triggers.ArriveAsync(session, new(TriggerKind.Mqtt, said, read.Payload) { CorrelationId = read.CorrelationId, Key = read.Key, CanWait = true }, ct))
        {
            return false;
        }

        session.QueueSqlCommand("select 1");
        await session.SaveChangesAsync(ct);
        _services.Executor.Wake.Pulse();
        return true;
    }

    // Without a key of its own a message is known by the number under which it is delivered again.
    private Guid PacketOf(MqttApplicationMessageReceivedEventArgs received) => ChildAdmission.IdOf(
        _organization, "mqtt", _clientId, $"{received.PacketIdentifier}", received.ApplicationMessage.Topic, MqttReading.HashOf(received.ApplicationMessage));

    private async Task SayAsync(bool isConnected, string? problem)
    {
        var said = isConnected ? "" : problem ?? "";
        if (_said == said)
            return;
        try
        {
            await _services.Store.SourceAsync(_organization, TriggerKind.Mqtt, _name, isConnected, problem, _services.Time.GetUtcNow(), CancellationToken.None);
            _said = said;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            _services.Outage.Failed(e);
        }
    }

    private Task PauseAsync(TimeSpan time, CancellationToken ct) =>
        Task.Delay(time, _services.Time, ct).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listening to MQTT connection {Connection} of organization {Organization} failed; it is tried again")]
    private static partial void LogLost(ILogger logger, Exception exception, string connection, string organization);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of topic {Topic} of MQTT connection {Connection} of organization {Organization} could not be taken and is passed over")]
    private static partial void LogGivenUp(ILogger logger, Exception exception, string topic, string connection, string organization);
}
