using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IndustryBrain.Runtime.Tests.Triggers;

/// <summary>A real broker on loopback that keeps sessions, and a real client that publishes.</summary>
internal sealed class LoopbackBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private readonly IMqttClient _publisher = new MqttClientFactory().CreateMqttClient();

    private LoopbackBroker(int port)
    {
        Port = port;
        var options = new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port).WithPersistentSessions();
        _server = new MqttServerFactory().CreateMqttServer(options.Build());
    }

    public int Port { get; }

    /// <summary>The settings of a host that knows it as <c>plant</c>.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Mqtt:Connections:plant:Host", "127.0.0.1"), ("Mqtt:Connections:plant:Port", $"{Port}"), ("Mqtt:Connections:plant:Tls", "false"), ("Mqtt:Connections:plant:Organizations:0", "*"),
        ("Mqtt:ReconnectDelay", "00:00:00.200"), ("Runs:PollMilliseconds", "100"),
    ];

    public static async Task<LoopbackBroker> StartAsync()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var broker = new LoopbackBroker(port);
        await broker._server.StartAsync();
        await broker._publisher.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port, AddressFamily.InterNetwork).WithClientId("publisher").WithProtocolVersion(MqttProtocolVersion.V500).Build(), TestContext.Current.CancellationToken);
        return broker;
    }

    public async Task PublishAsync(string topic, string payload, string? key = null)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (key is not null)
            message.WithUserProperty("idempotency-key", Encoding.UTF8.GetBytes(key));
        await _publisher.PublishAsync(message.Build(), TestContext.Current.CancellationToken);
    }

    /// <summary>Throws everybody but the publisher off, as a broker does that is restarted.</summary>
    public async Task DropAsync()
    {
        foreach (var client in (await _server.GetClientsAsync()).Where(c => c.Id != "publisher"))
            await _server.DisconnectClientAsync(client.Id, new MqttServerClientDisconnectOptions());
    }

    public async ValueTask DisposeAsync()
    {
        _publisher.Dispose();
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
    }
}
