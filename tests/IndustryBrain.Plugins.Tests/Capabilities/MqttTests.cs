using System.Security.Cryptography.X509Certificates;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using MQTTnet.Formatter;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>Messages of plugins at a real broker, received by a real client.</summary>
public sealed class MqttTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<PluginTier> Tiers => [PluginTier.Trusted, PluginTier.Jailed];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Publish_Granted_IsReceived_WithTheKeyOfItsStep(PluginTier tier)
    {
        await using var broker = await Broker.StartAsync();
        await using var brain = await StartAsync(tier, Options(("plant", To(broker.Port, "demo"))), "plant line1/+/state", "plant alarms/#");

        var state = await brain.OutputAsync("connector.send", new { connection = "plant", topic = "line1/press/state", text = "运行" });
        var alarm = await brain.OutputAsync("connector.send", new { connection = "plant", topic = "alarms", text = "hot", quality = 2, id = "hot" });
        await brain.OutputAsync("connector.send", new { connection = "plant", topic = "alarms/a/b", text = "cold", quality = 0 });

        Assert.Equal("line1/press/state 运行 run-1:1/1 text/plain 1", await broker.ReceivedAsync());
        Assert.Equal("alarms hot run-1:1/hot text/plain 2", await broker.ReceivedAsync());
        Assert.Equal("alarms/a/b cold run-1:1/1 text/plain 0", await broker.ReceivedAsync());
        Assert.Equal(("run-1:1/1", true), (state.GetProperty("id").GetString(), state.GetProperty("isTrue").GetBoolean()));
        Assert.Equal("run-1:1/hot", alarm.GetProperty("id").GetString());
        Assert.Equal("IB1131", await brain.RefusalAsync("connector.send", new { connection = "other", topic = "all" }));
        Assert.Equal("IB1132", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "line1/press/speed" }));
        Assert.Equal("IB1132", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "line1/a/b/state" }));
        Assert.Equal("IB1137", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "line1/+/state" }));
        Assert.Equal("IB1198", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "alarms" }, "other"));
        var use = Assert.Single(brain.Broker.Uses, u => u.Capability == "mqtt");
        Assert.Equal((8, 3, 2), (use.Requests, use.Denied, use.Failed));
        Assert.Equal(13, use.BytesSent);
    }

    [Fact]
    public async Task Publish_ConnectionLost_IsMadeAgain_AndDownIsSaidAtOnce()
    {
        var port = Broker.FreePort();
        await using var brain = await StartAsync(PluginTier.Trusted, Options(o => o.ReconnectDelay = TimeSpan.Zero, ("plant", To(port, "*"))), "plant alarms/#");
        Assert.Equal("IB1199", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "alarms" }));
        await using var broker = await Broker.StartAsync(port);

        await brain.OutputAsync("connector.send", new { connection = "plant", topic = "alarms", text = "1" });
        await broker.DropAsync();
        var second = await UntilSentAsync(brain, "2");

        Assert.Equal("alarms 1 run-1:1/1 text/plain 1", await broker.ReceivedAsync());
        Assert.Equal("alarms 2 run-1:1/1 text/plain 1", await broker.ReceivedAsync());
        Assert.True(second < 3, $"{second} attempts");
    }

    [Fact]
    public async Task Publish_BrokerIsDown_IsNotAskedAgainDuringThePause()
    {
        await using var brain = await StartAsync(PluginTier.Trusted, Options(o => o.ReconnectDelay = TimeSpan.FromMinutes(1), ("plant", To(Broker.FreePort(), "*"))), "plant alarms/#");

        var first = (await brain.CallAsync("connector.send", new { connection = "plant", topic = "alarms" })).Failure;
        var next = (await brain.CallAsync("connector.send", new { connection = "plant", topic = "alarms" })).Failure;

        Assert.Equal(("IB1199", true), (first?.Code, first?.IsTransient));
        Assert.Contains("back-off", next?.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_AuthorityAndPasswordOfTheOrganization_AreUsed_OthersAreRefused()
    {
        var (certificate, pem) = Broker.CertificateFor("localhost");
        var authority = Path.Combine(_folder.Path, "ca.pem");
        await File.WriteAllTextAsync(authority, pem, TestContext.Current.CancellationToken);
        await using var broker = await Broker.StartAsync(password: "s3cret", certificate: certificate);
        var secure = To(broker.Port, "*");
        (secure.Tls, secure.AuthorityFile, secure.UserName, secure.PasswordSecret) = (true, authority, "plant", "broker-password");
        var blind = To(broker.Port, "*");
        blind.Tls = true;
        await using var brain = await StartAsync(PluginTier.Jailed, Options(o => o.ReconnectDelay = TimeSpan.Zero, ("plant", secure), ("other", blind)), "plant alarms/#", "other all");
        brain.Secrets.Set("demo", "broker-password", "s3cret");
        brain.Secrets.Set("second", "broker-password", "wrong");

        await brain.OutputAsync("connector.send", new { connection = "plant", topic = "alarms", text = "1" });

        Assert.StartsWith("alarms 1 ", await broker.ReceivedAsync(), StringComparison.Ordinal);
        Assert.Contains("plant:s3cret", broker.Clients);
        Assert.Equal("IB1201", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "alarms" }, "second"));
        Assert.Equal("IB1143", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "alarms" }, "third"));
        Assert.Equal("IB1199", await brain.RefusalAsync("connector.send", new { connection = "other", topic = "all" }));
    }

    [Fact]
    public async Task Tls_CertificateOfTheOrganization_IsShown_AnotherIsRefused()
    {
        var (certificate, pem) = Broker.CertificateFor("localhost");
        var (known, _) = Broker.CertificateFor("plant");
        var (stranger, _) = Broker.CertificateFor("plant");
        var authority = Path.Combine(_folder.Path, "ca.pem");
        await File.WriteAllTextAsync(authority, pem, TestContext.Current.CancellationToken);
        await using var broker = await Broker.StartAsync(certificate: certificate, clientThumbprint: known.Thumbprint);
        var secure = To(broker.Port, "*");
        (secure.Tls, secure.AuthorityFile, secure.CertificateSecret) = (true, authority, "broker-certificate");
        await using var brain = await StartAsync(PluginTier.Trusted, Options(o => o.ReconnectDelay = TimeSpan.Zero, ("plant", secure)), "plant alarms/#");
        brain.Secrets.Set("demo", "broker-certificate", Pem(known));
        brain.Secrets.Set("second", "broker-certificate", Pem(stranger));
        brain.Secrets.Set("third", "broker-certificate", "no certificate");

        await brain.OutputAsync("connector.send", new { connection = "plant", topic = "alarms", text = "1" });

        Assert.StartsWith("alarms 1 ", await broker.ReceivedAsync(), StringComparison.Ordinal);
        foreach (var organization in new[] { "second", "third" })
        {
            Assert.Equal("IB1199", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "alarms" }, organization));
        }
    }

    [Fact]
    public async Task Publish_OlderProtocol_IsReceived_WithoutWhatItDoesNotKnow()
    {
        await using var broker = await Broker.StartAsync();
        var connection = To(broker.Port, "*");
        connection.Protocol = "3.1.1";
        await using var brain = await StartAsync(PluginTier.Trusted, Options(("plant", connection)), "plant alarms/#");

        await brain.OutputAsync("connector.send", new { connection = "plant", topic = "alarms", text = "1" });

        Assert.Equal("alarms 1   1", await broker.ReceivedAsync());
        Assert.Contains(MqttProtocolVersion.V311, broker.Protocols);
    }

    [Fact]
    public async Task Limits_SizeAndWaiting_AreKept()
    {
        await using var broker = await Broker.StartAsync();
        await using var brain = await StartAsync(PluginTier.Trusted, Options(o => (o.MaxPayloadBytes, o.MaxWaiting, o.MaxInFlight) = (10, 1, 1), ("plant", To(broker.Port, "*"))), "plant alarms/#");

        Assert.Equal("IB1136", await brain.RefusalAsync("connector.send", new { connection = "plant", topic = "alarms", text = "12345678901" }));
        await brain.OutputAsync("connector.send", new { connection = "plant", topic = "alarms", text = "1234567890" });
        var many = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => brain.CallAsync("connector.send", new { connection = "plant", topic = "alarms", id = $"{i}" })));

        Assert.Contains(many, m => m.Failure is null);
        Assert.All(many.Select(m => m.Failure).OfType<Sdk.Failure>(), f => Assert.Equal(("IB1200", true), (f.Code, f.IsTransient)));
    }

    [Theory]
    [InlineData("plant a/b", "plant a/b", true)]
    [InlineData("plant a/+", "plant a/b", true)]
    [InlineData("plant a/+", "plant a/b/c", false)]
    [InlineData("plant a/#", "plant a", true)]
    [InlineData("plant a/#", "plant a/b/c", true)]
    [InlineData("plant #", "plant a/b", true)]
    [InlineData("plant #", "plant $SYS/b", false)]
    [InlineData("plant +/b", "plant $SYS/b", false)]
    [InlineData("plant #", "other a", false)]
    [InlineData("plant a/+", "plant a/#", false)]
    [InlineData("plant a/#", "plant a/+/c", true)]
    [InlineData("plant a/b", "plant a/+", false)]
    [InlineData("plant a b/+", "plant a b/c", true)]
    public void Target_Covers_AsFiltersOfMqttDo(string allowed, string wanted, bool covers) => Assert.Equal(covers, Grant.Covers("mqtt", [allowed], wanted));

    [Theory]
    [InlineData("plant a/+/b", true)]
    [InlineData("plant a/#", true)]
    [InlineData("plant a/#/b", false)]
    [InlineData("plant a+/b", false)]
    [InlineData("plant", false)]
    [InlineData("Plant a", false)]
    public void Target_IsValid_WhenItIsAFilter(string target, bool isValid) => Assert.Equal(isValid, MqttTarget.IsValid(target));

    private static async Task<int> UntilSentAsync(ConnectorHost brain, string text)
    {
        // The first message after a loss may meet it: that is transient, and the next one goes.
        for (var attempt = 1; ; attempt++)
        {
            var sent = await brain.CallAsync("connector.send", new { connection = "plant", topic = "alarms", text });
            if (sent.Failure is null || attempt == 10)
            {
                Assert.Null(sent.Failure);
                return attempt;
            }
        }
    }

    private static string Pem(X509Certificate2 certificate) => $"{certificate.ExportCertificatePem()}\n{certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()}";

    private static MqttConnectionOptions To(int port, string organization) => new() { Host = "localhost", Port = port, Tls = false, Organizations = { organization } };

    private static MqttOptions Options(params (string Name, MqttConnectionOptions Connection)[] connections) => Options(_ => { }, connections);

    private static MqttOptions Options(Action<MqttOptions> configure, params (string Name, MqttConnectionOptions Connection)[] connections)
    {
        var options = new MqttOptions();
        configure(options);
        foreach (var (name, connection) in connections)
        {
            options.Connections[name] = connection;
        }

        return options;
    }

    private Task<ConnectorHost> StartAsync(PluginTier tier, MqttOptions mqtt, params string[] targets) => ConnectorHost.StartAsync(_folder, tier, [new("mqtt") { Targets = targets }], mqtt: mqtt);
}
