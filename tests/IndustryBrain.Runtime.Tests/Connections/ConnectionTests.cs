using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Runtime.Connections.Kinds;
using IndustryBrain.Runtime.Tests.Access;
using IndustryBrain.Runtime.Tests.Http;
using IndustryBrain.Runtime.Tests.Triggers;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IndustryBrain.Runtime.Tests.Connections;

/// <summary>Connections of an organization, tested against real servers on loopback, which the host lists as its own.</summary>
public sealed class ConnectionTests(AccessHost access) : IClassFixture<AccessHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_IsTestedWithTheSecretOfTheEnvironment_AndSaysWhatTheServerRefuses()
    {
        var key = await OwnerAsync("http");
        await using var server = await CountingServer.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Headers.Authorization == "Bearer right" ? 200 : 401;
            return Task.CompletedTask;
        }, Ct);
        await SecretAsync(key, "erp-token", "wrong");
        Assert.Equal(200, (await access.AskAsync(key, "PUT", "secrets/erp-token/value", new { value = "right", environment = "test" }, Ct)).Status);
        await CreateAsync(key, "erp", "http", new { baseAddress = server.Url, authentication = "bearer", secret = "erp-token" });

        var refused = await TestAsync(key, "erp");
        var good = await TestAsync(key, "erp", "test");

        Assert.Equal((false, "IB5049"), (refused["succeeded"].GetBoolean(), refused["code"].GetString()));
        Assert.True(good["succeeded"].GetBoolean(), good.Body.ToString());
        Assert.Equal(["Bearer wrong", "Bearer right"], server.Seen.Select(s => s.Authorization));
        var kept = (await access.AskAsync(key, "GET", "connections/erp", null, Ct)).Body;
        Assert.DoesNotContain("right", kept.GetRawText(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, kept.GetProperty("settings")[0].GetProperty("testedAt").ValueKind);
        Assert.Equal(("IB5006", "erp"), ((await access.AskAsync(key, "DELETE", "secrets/erp-token", null, Ct)).Code, (await access.AskAsync(key, "GET", "secrets/erp-token", null, Ct))["usedBy"][0].GetProperty("id").GetString()));
    }

    [Fact]
    public async Task PostgreSql_IsReallyConnectedTo()
    {
        var key = await OwnerAsync("db");
        var server = new NpgsqlConnectionStringBuilder(access.Connection);
        await using var forwarder = Forwarder.To(new UnixDomainSocketEndPoint(Path.Combine(server.Host!, $".s.PGSQL.{server.Port}")));
        await SecretAsync(key, "db-password", server.Password!);
        await SecretAsync(key, "db-wrong", "wrong");
        object Settings(string secret) => new { host = "127.0.0.1", port = forwarder.Port, database = server.Database, userName = server.Username, passwordSecret = secret, tls = false };
        await CreateAsync(key, "db", "postgresql", Settings("db-password"));
        await CreateAsync(key, "db-wrong", "postgresql", Settings("db-wrong"));
        await CreateAsync(key, "db-missing", "postgresql", Settings("db-none"));

        Assert.True((await TestAsync(key, "db"))["succeeded"].GetBoolean());
        Assert.Equal(("IB5049", "IB5046"), ((await TestAsync(key, "db-wrong"))["code"].GetString(), (await TestAsync(key, "db-missing"))["code"].GetString()));
    }

    [Fact]
    public async Task MySql_SaysWhatTheServerAnswers()
    {
        var key = await OwnerAsync("mysql");
        // The packet by which MySQL says "too many connections" (1040) in place of its greeting.
        byte[] full = [23, 0, 0, 0, 0xFF, 0x10, 0x04, .. "Too many connections"u8];
        await using var server = Forwarder.Saying(full);
        await CreateAsync(key, "full", "mysql", new { host = "127.0.0.1", port = server.Port, database = "d", userName = "u", tls = false });

        var test = await TestAsync(key, "full");

        Assert.Equal(("IB5049", true), (test["code"].GetString(), test["message"].GetProperty("en").GetString()!.Contains("1040", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Mqtt_OfTheOrganization_IsTested_AndStartsItsRuns()
    {
        var key = await OwnerAsync("mqtt");
        await using var broker = await LoopbackBroker.StartAsync();
        await CreateAsync(key, "line-broker", "mqtt", new { host = "127.0.0.1", port = broker.Port, tls = false });
        Assert.True((await TestAsync(key, "line-broker"))["succeeded"].GetBoolean());
        var definition = Definitions.Sequence("own-broker", ArrivalDefinitions.Mqtt("start", "line-broker", "line/+/temp"), Definitions.Line("l", "x"));
        var imported = await access.AskAsync(key, "POST", "scenarios/import", JsonElement.Parse(definition), Ct);
        Assert.DoesNotContain("IBS0113", imported.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(200, (await access.AskAsync(key, "POST", "scenarios/own-broker/publish", null, Ct)).Status);
        await access.Host.UntilAsync("select count(*) from trigger_source where kind = 'mqtt' and name = 'line-broker' and is_connected", 1, Ct);

        await broker.PublishAsync("line/7/temp", "71", "own-1");

        await access.Host.UntilAsync("select count(*) from run where definition_id = 'own-broker' and sub_status = 'Finished'", 1, Ct);
        var deleted = await access.AskAsync(key, "DELETE", "connections/line-broker", null, Ct);
        Assert.Equal((409, "IB5051"), (deleted.Status, deleted.Code));
        Assert.Equal("own-broker", (await access.AskAsync(key, "GET", "connections/line-broker", null, Ct))["usedBy"][0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Smtp_IsGreeted()
    {
        var key = await OwnerAsync("smtp");
        await using var server = Forwarder.Answering(["220 here", "250 here", "250 fine", "221 bye"]);
        await CreateAsync(key, "mail", "smtp", new { host = "127.0.0.1", port = server.Port, from = "brain@example.com", security = "none" });

        var test = await TestAsync(key, "mail");

        Assert.True(test["succeeded"].GetBoolean(), test.Body.ToString());
        Assert.StartsWith("EHLO", server.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weCom", null, "/cgi-bin/webhook/send")]
    [InlineData("dingTalk", "robot-key", "/robot/send")]
    [InlineData("feishu", "robot-key", "/open-apis/bot/v2/hook/token-1")]
    public async Task Robot_GetsOneLine_AndItsAnswerCounts(string provider, string? signing, string path)
    {
        var key = await OwnerAsync("robot");
        var answer = """{"errcode":0,"code":0}""";
        await using var server = await CountingServer.StartAsync(http => http.Response.WriteAsync(answer, Ct), Ct);
        await SecretAsync(key, "robot-token", "token-1");
        await SecretAsync(key, "robot-key", "SECkey1");
        await CreateAsync(key, "group", "robot", new { provider, tokenSecret = "robot-token", signingSecret = signing, address = server.Url });

        var good = await TestAsync(key, "group");
        answer = """{"errcode":310000,"code":19021}""";
        var refused = await TestAsync(key, "group");

        Assert.True(good["succeeded"].GetBoolean(), good.Body.ToString());
        Assert.Equal("IB5049", refused["code"].GetString());
        Assert.All(server.Seen, seen => Assert.Equal(("POST", path), (seen.Method, seen.Path)));
    }

    // Computed with another implementation of HMAC-SHA256.
    [Fact]
    public async Task Robot_Signatures_AreThoseOfTheProviders()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_769_817_600);

        using var dingTalk = RobotKind.Request(new(RobotProvider.DingTalk, "t"), "tok/en", "SECkey1", "x", at);
        using var feishu = RobotKind.Request(new(RobotProvider.Feishu, "t"), "token", "SECkey1", "x", at);
        var body = JsonElement.Parse(await feishu.Content!.ReadAsStringAsync(Ct));

        Assert.Equal("https://oapi.dingtalk.com/robot/send?access_token=tok%2Fen&timestamp=1769817600000&sign=2a%2BysbisAfEP9z4SFRnMBaymgk4UdFcyhy64WZH1VEc%3D", dingTalk.RequestUri!.AbsoluteUri);
        Assert.Equal(("1769817600", "8MDfxN126h0zaIHfbBvA7DUPIrGb46l6DxyP9qu32GI="), (body.GetProperty("timestamp").GetString(), body.GetProperty("sign").GetString()));
    }

    [Theory]
    [InlineData("http", """{"baseAddress":"http://localhost:9/"}""", "IB5047")]
    [InlineData("http", """{"baseAddress":"http://169.254.169.254/latest"}""", "IB5047")]
    [InlineData("http", """{"baseAddress":"http://[::ffff:127.0.0.2]/"}""", "IB5047")]
    [InlineData("postgresql", """{"host":"127.1","database":"d","userName":"u"}""", "IB5047")]
    [InlineData("mysql", """{"host":"127.0.0.2","database":"d","userName":"u"}""", "IB5047")]
    [InlineData("mqtt", """{"host":"10.0.0.1"}""", "IB5047")]
    [InlineData("smtp", """{"host":"192.168.1.1","from":"a@example.com"}""", "IB5047")]
    [InlineData("robot", """{"provider":"weCom","tokenSecret":"ssrf-token","address":"http://127.0.0.2/"}""", "IB5047")]
    [InlineData("mqtt", """{"host":"127.0.0.1","port":1,"tls":false}""", "IB5048")]
    public async Task Test_OfAHostThatMayNotBeReached_IsRefused(string kind, string settings, string code)
    {
        var key = await OwnerAsync("ssrf");
        await SecretAsync(key, "ssrf-token", "x");
        await CreateAsync(key, "inside", kind, JsonElement.Parse(settings));

        Assert.Equal(code, (await TestAsync(key, "inside"))["code"].GetString());
    }

    [Theory]
    [InlineData("""{"name":"Up","kind":"http","settings":{"baseAddress":"https://a.example"}}""", "IB5041")]
    [InlineData("""{"name":"a","kind":"ftp","settings":{}}""", "IB5043")]
    [InlineData("""{"name":"a","kind":"http","settings":{}}""", "IB7101")]
    [InlineData("""{"name":"a","kind":"http"}""", "IB7101")]
    [InlineData("""{"name":"a","kind":"http","settings":{"baseAddress":"file:///etc/passwd"}}""", "IB5053")]
    [InlineData("""{"name":"a","kind":"http","settings":{"baseAddress":"https://a.example","authentication":"basic"}}""", "IB5053")]
    [InlineData("""{"name":"a","kind":"http","settings":{"baseAddress":"https://a.example","password":"x"}}""", "IB2021")]
    [InlineData("""{"name":"a","kind":"mqtt","settings":{"host":"b.example","tls":false,"passwordSecret":"p"}}""", "IB5053")]
    [InlineData("""{"name":"a","kind":"http","environment":"staging","settings":{"baseAddress":"https://a.example"}}""", "IB5008")]
    public async Task Create_NotGood_IsRefused(string body, string code)
    {
        var key = await OwnerAsync("bad");

        Assert.Equal(code, (await access.AskAsync(key, "POST", "connections", JsonElement.Parse(body), Ct)).Code);
    }

    [Fact]
    public async Task Change_OfARevisionThatIsOld_IsRefused_AndEnvironmentsHaveTheirOwn()
    {
        var key = await OwnerAsync("change");
        await CreateAsync(key, "erp", "http", new { baseAddress = "https://a.example" });

        var changed = await access.AskAsync(key, "PUT", "connections/erp", new { settings = new { baseAddress = "https://b.example" }, environment = "test", revision = 1 }, Ct);
        var late = await access.AskAsync(key, "PUT", "connections/erp", new { settings = new { baseAddress = "https://c.example" }, revision = 1 }, Ct);
        var taken = await access.AskAsync(key, "POST", "connections", new { name = "erp", kind = "http", settings = new { baseAddress = "https://a.example" } }, Ct);

        Assert.Equal([(null, "https://a.example"), ("test", "https://b.example")], changed["settings"].EnumerateArray().Select(s => (s.GetProperty("environment").GetString(), s.GetProperty("values").GetProperty("baseAddress").GetString())));
        Assert.Equal(("IB5045", "IB5042"), (late.Code, taken.Code));
        Assert.Equal(204, (await access.AskAsync(key, "DELETE", "connections/erp", null, Ct)).Status);
        Assert.Equal("IB5040", (await access.AskAsync(key, "GET", "connections/erp", null, Ct)).Code);
    }

    private async Task<string> OwnerAsync(string name)
    {
        var organization = AccessHost.Fresh(name);
        Assert.Null((await access.Host.Services.GetRequiredService<OrganizationStore>().CreateAsync(Caller.ForSystem(PlatformOrganization.Id), organization, organization, OrganizationKind.Enterprise, null, Ct)).Failure);
        return (await access.MemberAsync(organization, Ct, Role.Owner)).Key;
    }

    private async Task SecretAsync(string key, string name, string value) => Assert.Equal(201, (await access.AskAsync(key, "POST", "secrets", new { name, value }, Ct)).Status);

    private async Task CreateAsync(string key, string name, string kind, object settings)
    {
        var made = await access.AskAsync(key, "POST", "connections", new { name, kind, settings }, Ct);
        Assert.True(made.Status == 201, made.Body.ToString());
    }

    private async Task<AccessHost.Answer> TestAsync(string key, string name, string? environment = null)
    {
        var test = await access.AskAsync(key, "POST", $"connections/{name}/test", new { environment }, Ct);
        Assert.True(test.Status == 200, test.Body.ToString());
        return test;
    }

    /// <summary>A server on loopback that hands each connection on to another one, or answers line by line.</summary>
    private sealed class Forwarder : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _ended = new();
        private readonly Task _work;

        private Forwarder(Func<NetworkStream, CancellationToken, Task> serve)
        {
            _listener.Start();
            _work = AcceptAsync(serve);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public List<string> Lines { get; } = [];

        public static Forwarder To(EndPoint server) => new(async (client, ct) =>
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(server, ct);
            await using var there = new NetworkStream(socket);
            await Task.WhenAny(client.CopyToAsync(there, ct), there.CopyToAsync(client, ct));
        });

        public static Forwarder Saying(byte[] greeting) => new((client, ct) => client.WriteAsync(greeting, ct).AsTask());

        public static Forwarder Answering(IReadOnlyList<string> answers)
        {
            Forwarder? forwarder = null;
            return forwarder = new(async (client, ct) =>
            {
                using var reader = new StreamReader(client, Encoding.ASCII, leaveOpen: true);
                foreach (var (index, answer) in answers.Index())
                {
                    if (index > 0)
                        forwarder!.Lines.Add(await reader.ReadLineAsync(ct) ?? "");
                    await client.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), ct);
                }
            });
        }

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync();
            _listener.Stop();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ended.Dispose();
        }

        private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> serve)
        {
            while (!_ended.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                await using var stream = client.GetStream();
                await serve(stream, _ended.Token);
            }
        }
    }
}
