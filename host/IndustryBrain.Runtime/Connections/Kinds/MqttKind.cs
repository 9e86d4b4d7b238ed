using System.ComponentModel.DataAnnotations;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Exceptions;

namespace IndustryBrain.Runtime.Connections.Kinds;

/// <summary>Settings of a connection to an MQTT broker.</summary>
internal sealed record BrokerConnection(
    [property: Label("主机", "Host"), Example("\"broker.example.com\""), StringLength(253, MinimumLength = 1)] string Host,
    [property: Label("端口", "Port", DescriptionZh = "不填为 8883（TLS）或 1883", DescriptionEn = "8883 with TLS, else 1883, when left out"), Range(1, 65_535)] int? Port = null,
    [property: Label("TLS", "TLS")] bool Tls = true,
    [property: Label("账号", "User name"), StringLength(200)] string? UserName = null,
    [property: Label("密码机密", "Secret with the password"), StringLength(100)] string? PasswordSecret = null,
    [property: Label("证书机密", "Secret with the client's certificate", DescriptionZh = "PEM 格式的证书与私钥", DescriptionEn = "Certificate and its key in PEM"), StringLength(100)] string? CertificateSecret = null,
    [property: Label("签发机构证书", "Authority", DescriptionZh = "PEM 格式；不填为系统信任的机构", DescriptionEn = "In PEM; those of the machine when left out"), Editor("textarea"), StringLength(20_000)] string? Authority = null,
    [property: Label("客户端标识前缀", "Client id begins with"), StringLength(60)] string? ClientId = null,
    [property: Label("使用 MQTT 3.1.1", "MQTT 3.1.1")] bool IsOlder = false)
{
    /// <summary>The options of a client.</summary>
    public MqttConnectionOptions ToOptions() => new()
    {
        Host = Host,
        Port = Port ?? 0,
        Tls = Tls,
        UserName = UserName ?? "",
        PasswordSecret = PasswordSecret ?? "",
        CertificateSecret = CertificateSecret ?? "",
        Authority = Authority ?? "",
        ClientId = string.IsNullOrWhiteSpace(ClientId) ? "industrybrain" : ClientId,
        Protocol = IsOlder ? "3.1.1" : "5.0",
    };
}

/// <summary>Brokers of MQTT.</summary>
internal sealed class MqttKind(IOptions<MqttOptions> options) : ConnectionKind<BrokerConnection>
{
    public override string Id => "mqtt";

    public override LocalizedText Name { get; } = new("MQTT", "MQTT");

    /// <summary>A client's connection as it is used: its address is judged each time that it is made.</summary>
    public static MqttConnection Use(BrokerConnection settings, ConnectionReach reach, long revision)
    {
        var client = settings.ToOptions();
        return new(client, revision, async ct => (await reach.ResolveAsync(client.Host, client.ActualPort, ct)).TryGet(out var addresses, out var failure) ? addresses[0].ToString() : failure);
    }

    protected override Failure? Judge(BrokerConnection settings) =>
        !settings.Tls && !string.IsNullOrEmpty(settings.PasswordSecret) ? ConnectionFailures.Setting("passwordSecret", new("密码只经 TLS 发送", "it is sent over TLS only")) : null;

    protected override IEnumerable<string?> SecretsOf(BrokerConnection settings) => [settings.PasswordSecret, settings.CertificateSecret];

    protected override async Task<Failure?> TestAsync(BrokerConnection settings, ConnectionReach reach, CancellationToken ct)
    {
        if (!(await MqttSettings.BuildAsync(settings.Host, reach.Organization, Use(settings, reach, 0), options.Value, reach.Secrets, ct)).TryGet(out var client, out var failure))
            return failure;
        using var mqtt = new MqttClientFactory().CreateMqttClient();
        try
        {
            var answer = await mqtt.ConnectAsync(client.WithClientId($"{settings.ToOptions().ClientId}-test-{Guid.NewGuid():n}").WithCleanStart().Build(), ct);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
                return ConnectionFailures.Refused(settings.Host, answer.ResultCode.ToString());
            await mqtt.DisconnectAsync(cancellationToken: ct);
            return null;
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException or IOException or System.Security.Authentication.AuthenticationException or InvalidOperationException)
        {
            return ConnectionFailures.NotReached(settings.Host, MqttLink.Reason(e));
        }
    }
}
