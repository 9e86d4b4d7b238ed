using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>A real broker on loopback with a real client that receives everything.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly Channel<MqttApplicationMessage> _received = Channel.CreateUnbounded<MqttApplicationMessage>();
    private readonly MqttServer _server;
    private readonly X509Certificate2? _certificate;
    private readonly IMqttClient _receiver = new MqttClientFactory().CreateMqttClient();

    private Broker(int port, string? password, X509Certificate2? certificate, string? clientThumbprint)
    {
        (Port, _certificate) = (port, certificate);
        var options = new MqttServerOptionsBuilder();
        options = certificate is null
            ? options.WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port)
            : options.WithoutDefaultEndpoint().WithEncryptedEndpoint().WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback).WithEncryptedEndpointPort(port).WithEncryptionCertificate(certificate);
        if (clientThumbprint is not null)
        {
            options = options.WithClientCertificate((_, shown, _, _) => shown is null || shown.GetCertHashString() == clientThumbprint);
        }

        _server = new MqttServerFactory().CreateMqttServer(options.Build());
        _server.ValidatingConnectionAsync += e =>
        {
            Clients.Enqueue($"{e.UserName}:{e.Password}");
            Protocols.Enqueue(e.ProtocolVersion);
            var isKnown = (password is null || e.Password == password) && (clientThumbprint is null || e.ClientCertificate?.Thumbprint == clientThumbprint);
            e.ReasonCode = isKnown || e.ClientId == "receiver" ? MqttConnectReasonCode.Success : MqttConnectReasonCode.BadUserNameOrPassword;
            return Task.CompletedTask;
        };
    }

    public int Port { get; }

    /// <summary>Who has connected: name and password.</summary>
    public ConcurrentQueue<string> Clients { get; } = new();

    /// <summary>In which protocol they did.</summary>
    public ConcurrentQueue<MqttProtocolVersion> Protocols { get; } = new();

    public static async Task<Broker> StartAsync(int? port = null, string? password = null, X509Certificate2? certificate = null, string? clientThumbprint = null)
    {
        var broker = new Broker(port ?? FreePort(), password, certificate, clientThumbprint);
        await broker._server.StartAsync();
        var options = new MqttClientOptionsBuilder().WithTcpServer("localhost", broker.Port, AddressFamily.InterNetwork).WithClientId("receiver").WithProtocolVersion(MqttProtocolVersion.V500);
        if (certificate is not null)
        {
            options.WithTlsOptions(tls => tls.UseTls().WithCertificateValidationHandler(_ => true));
        }

        broker._receiver.ApplicationMessageReceivedAsync += e =>
        {
            broker._received.Writer.TryWrite(e.ApplicationMessage);
            return Task.CompletedTask;
        };
        await broker._receiver.ConnectAsync(options.Build(), TestContext.Current.CancellationToken);
        await broker._receiver.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("#", MqttQualityOfServiceLevel.ExactlyOnce).Build(), TestContext.Current.CancellationToken);
        return broker;
    }

    /// <summary>The next message: topic, text, idempotency key, type, quality.</summary>
    public async Task<string> ReceivedAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var message = await _received.Reader.ReadAsync(patience.Token);
        var key = message.UserProperties?.FirstOrDefault(p => p.Name == "idempotency-key") is { } property ? Encoding.UTF8.GetString(property.ValueBuffer.Span) : "";
        return $"{message.Topic} {message.ConvertPayloadToString()} {key} {message.ContentType} {(int)message.QualityOfServiceLevel}";
    }

    /// <summary>Throws the host's client off, as a broker does that is restarted.</summary>
    public async Task DropAsync()
    {
        foreach (var client in (await _server.GetClientsAsync()).Where(c => c.Id != "receiver"))
        {
            await _server.DisconnectClientAsync(client.Id, new MqttServerClientDisconnectOptions());
        }
    }

    public async ValueTask DisposeAsync()
    {
        _receiver.Dispose();
        await _server.StopAsync(new MqttServerStopOptions());
        _server.Dispose();
        _certificate?.Dispose();
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>A certificate for a host, and the PEM that trusts it.</summary>
    public static (X509Certificate2 Certificate, string Pem) CertificateFor(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return (X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable), made.ExportCertificatePem());
    }
}
