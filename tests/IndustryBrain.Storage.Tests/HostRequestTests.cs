using System.Net;
using System.Net.Http.Headers;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Testing;
using Npgsql;

namespace IndustryBrain.Storage.Tests;

/// <summary>What the host answers to requests that no page of ours sends, and what every answer carries.</summary>
public sealed partial class HostRequestTests(PostgresFixture postgres, SharedHosts hosts) : IClassFixture<SharedHosts>, IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-requests-");
    private string _connection = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _connection = await postgres.CreateDatabaseAsync(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private Task<HostProcess> StartAsync(string data) => HostProcess.StartAsync(
        Path.Combine(_root.FullName, data), HostProcess.FreePort(), new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = _connection }, Ct);

    [Fact]
    public async Task Head_OfAPage_IsAnsweredWithoutBody()
    {
        var host = await hosts.PlainAsync();
        foreach (var (path, status) in new[] { ("/", 200), ("/health/ready", 200), ("/css/none.css", 404) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var answer = await host.Client.SendAsync(request, Ct);

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Ct));
        }
    }

    [Fact]
    public async Task Api_AskedWithAnotherMethod_NamesThoseThatItTakes()
    {
        var host = await hosts.PlainAsync();
        (string Method, string Path, int Status, string Code, string Allow)[] asked =
        [
            ("DELETE", "/api/v1/components", 405, "IB0908", "GET"),
            ("GET", "/api/v1/scenarios/import", 405, "IB0908", "POST"),
            ("PATCH", "/api/v1/scenarios/price-outlook/runs", 405, "IB0908", "POST"),
            ("GET", "/api/v1/nothing", 404, "IB0907", ""),
        ];
        foreach (var (method, path, status, code, allow) in asked)
        {
            using var request = new HttpRequestMessage(new(method), path) { Headers = { { "Origin", host.Address.GetLeftPart(UriPartial.Authority) } } };
            using var answer = await host.Client.SendAsync(request, Ct);

            var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct));
            Assert.Equal((path, status, code), (path, (int)answer.StatusCode, problem.GetProperty("code").GetString()));
            Assert.Equal(allow, string.Join(", ", answer.Content.Headers.Allow));
        }
    }

    [Fact]
    public async Task Request_WithAnOddHeader_IsRefusedAndNoFault()
    {
        var host = await hosts.PlainAsync();
        var own = $"127.0.0.1:{host.Address.Port}";
        string[] names = ["localhost:99999999", "localhost:99999999999999999999", "localhost:0", "localhost:", "[::1", "[::1]x", "user@localhost", "a,b", "localhost.", "", new string('h', 5000)];
        string[] origins = ["null", $"http://user@{own}", $"http://{own}/", $"https://{own}", $"http://{own}, http://evil.example", "http://[::1", "http://localhost:99999999", "x", new string('o', 5000)];

        foreach (var (name, origin) in names.SelectMany(h => new[] { (h, ""), (h, $"http://{own}"), (h, $"http://{h}") }).Concat(origins.Select(o => (own, o))))
        {
            var status = await StatusAsync(host, $"GET /api/v1/runs HTTP/1.1\r\nHost: {name}\r\n{(origin.Length == 0 ? "" : $"Origin: {origin}\r\n")}Connection: close\r\n\r\n");

            Assert.True(status is >= 400 and < 500, $"{status} for Host '{name}', Origin '{origin}'");
        }

        foreach (var request in new[] { "GET http://evil.example/ HTTP/1.1\r\nHost: " + own, "GET / HTTP/1.1", $"GET / HTTP/1.1\r\nHost: {own}\r\nX: {new string('x', 60_000)}", $"GET /{new string('p', 20_000)} HTTP/1.1\r\nHost: {own}" })
        {
            Assert.InRange(await StatusAsync(host, request + "\r\nConnection: close\r\n\r\n"), 400, 499);
        }

        Assert.Equal(200, await StatusAsync(host, $"GET /api/v1/runs HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\nConnection: close\r\n\r\n"));
        Assert.DoesNotContain("Fault ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_OfPagesAssetsAndApi_CarryTheirHeaders()
    {
        var host = await hosts.PlainAsync();
        var page = await host.Client.GetStringAsync(new Uri("/", UriKind.Relative), Ct);
        var assets = AssetAddress().Matches(page).Select(m => "/" + m.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(assets);

        foreach (var path in assets.Concat(["/", "/scenarios", "/scenarios/price-outlook", "/runs", "/components", "/no/such", "/scalar/", "/openapi/v1.json", "/api/v1/runs", "/health/ready"]))
        {
            using var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);

            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self' 'nonce-", policy, StringComparison.Ordinal);
            Assert.EndsWith("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
            foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin") })
            {
                Assert.Equal(value, Assert.Single(answer.Headers.GetValues(name)));
            }

            Assert.False(answer.Headers.Contains("Server"));
        }

        foreach (var path in assets)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "gzip, br" } } };
            using var answer = await host.Client.SendAsync(request, Ct);

            Assert.Single(answer.Content.Headers.ContentEncoding);
            Assert.Equal("max-age=31536000, immutable", Assert.Single(answer.Headers.GetValues("Cache-Control")));
        }
    }

    [Fact]
    public async Task Schema_OfScenarios_IsServed()
    {
        var host = await hosts.PlainAsync();

        using var answer = await host.Client.GetAsync(new Uri("/schemas/scenario.json", UriKind.Relative), Ct);
        var schema = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct));

        Assert.Equal((HttpStatusCode.OK, "application/schema+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.True(schema.GetProperty("properties").TryGetProperty("root", out _));
    }

    [Fact]
    public async Task Limits_OfTheApi_LeavePagesAssetsAndHealthAlone()
    {
        await using var host = await HostProcess.StartAsync(
            Path.Combine(_root.FullName, "data"), HostProcess.FreePort(), new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = _connection }, Ct, "--Limits:ReadsPerMinute", "2");
        var page = await host.Client.GetStringAsync(new Uri("/", UriKind.Relative), Ct);
        var asset = "/" + AssetAddress().Match(page).Groups[1].Value;
        List<int> api = [];
        for (var i = 0; i < 3; i++)
        {
            using var answer = await host.Client.GetAsync(new Uri("/api/v1/runs", UriKind.Relative), Ct);
            api.Add((int)answer.StatusCode);
            foreach (var path in new[] { "/", asset, "/health/ready", "/openapi/v1.json" })
            {
                using var other = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);
                Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            }
        }

        Assert.Equal([200, 200, 429], api);
    }

    [Fact]
    public async Task Pages_OfDraftsThatCannotRun_ShowThem()
    {
        var host = await hosts.PlainAsync();
        var many = string.Join(',', Enumerable.Range(0, 1_900).Select(i => $$"""{"type":"Elsa.NoSuchThing","id":"a{{i}}"}"""));
        foreach (var (id, root) in new[] { ("odd-rootless", "null"), ("odd-twice", """{"type":"Elsa.Sequence","id":"r","activities":[{"type":"Elsa.End","id":"a"},{"type":"Elsa.End","id":"a"}]}"""), ("odd-many", $$"""{"type":"Elsa.Sequence","id":"r","activities":[{{many}}]}""") })
        {
            using var content = new StringContent($$"""{"definitionId":"{{id}}","name":"{{id}}","root":{{root}}}""", Encoding.UTF8, "application/json");
            using var imported = await host.Client.PostAsync(new Uri("/api/v1/scenarios/import", UriKind.Relative), content, Ct);
            Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
            foreach (var path in new[] { "/", "/scenarios", "/scenarios/" + id })
            {
                using var page = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
                Assert.True(path == "/" || (await page.Content.ReadAsStringAsync(Ct)).Contains(id, StringComparison.Ordinal), path);
            }
        }

        Assert.DoesNotContain("Fault ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_AskedInParts_IsAnsweredInParts()
    {
        var client = (await hosts.PlainAsync()).Client;
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("0123456789"));
        using var stored = await client.PostAsync(new Uri("/api/v1/files?name=digits.txt", UriKind.Relative), content, Ct);
        var file = JsonElement.Parse(await stored.Content.ReadAsStringAsync(Ct));
        var address = new Uri($"/api/v1/files/{file.GetProperty("id").GetString()}", UriKind.Relative);
        var tag = new EntityTagHeaderValue($"\"{file.GetProperty("sha256").GetString()}\"");

        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Ct);
        using var part = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(2, 4) } }, Ct);
        using var beyond = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(20, 30) } }, Ct);
        using var known = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { tag } } }, Ct);
        using var nowhere = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri("/api/v1/files/nothing", UriKind.Relative)), Ct);

        Assert.Equal((HttpStatusCode.OK, 10L, tag), (head.StatusCode, head.Content.Headers.ContentLength, head.Headers.ETag));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal((HttpStatusCode.PartialContent, "234", "bytes 2-4/10"), (part.StatusCode, await part.Content.ReadAsStringAsync(Ct), part.Content.Headers.ContentRange?.ToString()));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task OpenApi_DescribesTheFiltersOfRuns()
    {
        var host = await hosts.PlainAsync();

        var document = JsonElement.Parse(await host.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct));
        var parameters = document.GetProperty("paths").GetProperty("/api/v1/runs").GetProperty("get").GetProperty("parameters").EnumerateArray()
            .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("description").GetString()!);

        Assert.Equal(["broken", "code", "definitionId", "environment", "failedFrom", "failedTo", "from", "page", "pageSize", "parentRunId", "status", "step", "subStatus", "text", "to"], parameters.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("1 to 200", parameters["pageSize"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_InAnAnswer_NamesTheNumberOfTheLog()
    {
        await using var host = await StartAsync("data");
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connection) { Database = "postgres", Pooling = false }.ConnectionString))
        {
            await connection.OpenAsync(Ct);
            await using var drop = new NpgsqlCommand($"drop database \"{new NpgsqlConnectionStringBuilder(_connection).Database}\" with (force)", connection);
            await drop.ExecuteNonQueryAsync(Ct);
        }

        using var answer = await host.Client.GetAsync(new Uri("/api/v1/runs", UriKind.Relative), Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        using var page = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/runs") { Headers = { { "Accept", "text/html" } } }, Ct);
        var shown = await page.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var problem = JsonElement.Parse(text);
        Assert.Equal("IB0900", problem.GetProperty("code").GetString());
        await host.UntilOutputAsync("Fault " + problem.GetProperty("where").GetString(), Ct);
        Assert.DoesNotContain("   at ", text + shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", text + shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WhenSet_GuardsTheApiAndPagesStayWithTheLocalPerson()
    {
        var host = await hosts.KeyedAsync();

        foreach (var (method, path) in new[] { (HttpMethod.Get, "/api/v1/runs"), (HttpMethod.Get, "/api/v1/scenarios"), (HttpMethod.Get, "/api/v1/components"), (HttpMethod.Post, "/api/v1/files?name=x.csv"), (HttpMethod.Post, "/api/v1/scenarios/import"), (HttpMethod.Post, "/api/v1/scenarios/price-outlook/runs") })
        {
            using var request = new HttpRequestMessage(method, path);
            if (method == HttpMethod.Post)
            {
                request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            }

            using var answer = await host.Client.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        foreach (var path in new[] { "/", "/scenarios", "/runs", "/openapi/v1.json" })
        {
            using var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("http://evil.example", "cross-site")]
    [InlineData("http://localhost:1", "same-site")]
    [InlineData("null", "cross-site")]
    [InlineData("", "same-site")]
    [InlineData("", "cross-site")]
    public async Task Circuit_OpenedByAnotherSite_IsRefused(string origin, string site)
    {
        var host = await hosts.KeyedAsync();
        var hub = new UriBuilder(host.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;

        using var foreign = new ClientWebSocket();
        foreign.Options.CollectHttpResponseDetails = true;
        foreign.Options.SetRequestHeader("Sec-Fetch-Site", site);
        if (origin.Length > 0)
        {
            foreign.Options.SetRequestHeader("Origin", origin);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(hub, Ct));
        using var own = new ClientWebSocket();
        own.Options.SetRequestHeader("Origin", host.Address.GetLeftPart(UriPartial.Authority));
        own.Options.SetRequestHeader("Sec-Fetch-Site", "same-origin");
        await own.ConnectAsync(hub, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Fact]
    public async Task Request_FromAnotherMachine_IsNeverTheLocalPerson()
    {
        var outside = NetworkInterface.GetAllNetworkInterfaces().Where(i => i.OperationalStatus == OperationalStatus.Up)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)
            .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        Assert.SkipWhen(outside is null, "This machine has no address but loopback.");
        var (certificate, port) = (Path.Combine(_root.FullName, "host.pfx"), HostProcess.FreePort());
        var (pfx, thumbprint) = MakeCertificate();
        await File.WriteAllBytesAsync(certificate, pfx, Ct);
        var local = HostProcess.FreePort();
        await using var host = await HostProcess.StartAsync(
            Path.Combine(_root.FullName, "data"), local, new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = _connection }, Ct,
            "--Kestrel:Endpoints:Local:Url", $"http://127.0.0.1:{local}", "--Kestrel:Endpoints:Tls:Url", $"https://0.0.0.0:{port}",
            "--Kestrel:Certificates:Default:Path", certificate, "--Kestrel:Certificates:Default:Password=secret");
        using var remote = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, given, _, _) => given?.GetCertHashString(HashAlgorithmName.SHA256) == thumbprint } }) { BaseAddress = new Uri($"https://{outside}:{port}") };

        foreach (var (method, path) in new[] { (HttpMethod.Get, "/"), (HttpMethod.Get, "/runs"), (HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"), (HttpMethod.Get, "/api/v1/runs") })
        {
            foreach (var name in new[] { $"{outside}:{port}", $"localhost:{port}" })
            {
                using var request = new HttpRequestMessage(method, path) { Headers = { Host = name } };
                using var answer = await remote.SendAsync(request, Ct);
                var isPage = path is "/" or "/runs";
                Assert.Equal((isPage ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized, isPage ? "/set-up" : null), (answer.StatusCode, answer.Headers.Location?.OriginalString));
                Assert.Equal(name.StartsWith("localhost", StringComparison.Ordinal) ? [] : ["max-age=31536000; includeSubDomains"], answer.Headers.TryGetValues("Strict-Transport-Security", out var hsts) ? hsts : []);
            }
        }
    }

    [Fact]
    public async Task Hosts_OnOneDatabase_UnderstandWhatTheOtherHandedOut()
    {
        var (first, second) = (StartAsync("a"), StartAsync("b"));
        await using var one = await first;
        await using var two = await second;
        await using var database = await PostgresFixture.OpenAsync(_connection, Ct);
        await using var count = database.DataSource.CreateCommand("select count(*) from page_key where content like '<key %'");
        Assert.Equal(1L, await count.ExecuteScalarAsync(Ct));

        using var plain = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var issued = await plain.GetAsync(one.Address, Ct);
        var cookie = issued.Headers.GetValues("Set-Cookie").Single(c => c.Contains("Antiforgery", StringComparison.Ordinal)).Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, two.Address) { Headers = { { "Cookie", cookie } } };
        using var accepted = await plain.SendAsync(request, Ct);
        using var forged = await plain.SendAsync(new HttpRequestMessage(HttpMethod.Get, two.Address) { Headers = { { "Cookie", cookie[..^4] + "AAAA" } } }, Ct);

        // A cookie that a host cannot read is replaced by a new one.
        Assert.False(accepted.Headers.Contains("Set-Cookie"));
        Assert.True(forged.Headers.Contains("Set-Cookie"));
        Assert.False(Directory.Exists(Path.Combine(_root.FullName, "a", "keys")));
    }

    [Fact]
    public async Task Request_LineWithRawUtf8_IsTakenAsIfItWereEncoded()
    {
        var host = await hosts.PlainAsync();
        var own = $"127.0.0.1:{host.Address.Port}";
        var body = new string('x', 300_000);
        var upload = $"POST /api/v1/files?name=价格😀.csv HTTP/1.1\r\nHost: {own}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

        var stored = await AnswerAsync(host, Encoding.UTF8.GetBytes(upload));
        var missing = await AnswerAsync(host, Encoding.UTF8.GetBytes($"GET /没有 HTTP/1.1\r\nHost: {own}\r\n\r\n"));
        var foreign = await AnswerAsync(host, [.. "POST /api/v1/files?name="u8, 0xBC, 0xDB, .. Encoding.UTF8.GetBytes($" HTTP/1.1\r\nHost: {own}\r\nContent-Length: 1\r\n\r\nx")]);

        Assert.StartsWith("HTTP/1.1 201", stored, StringComparison.Ordinal);
        Assert.Contains($"\"size\":{body.Length}", stored, StringComparison.Ordinal);
        Assert.Equal("价格😀.csv", JsonDocument.Parse(stored[stored.IndexOf('{', StringComparison.Ordinal)..(stored.LastIndexOf('}') + 1)]).RootElement.GetProperty("name").GetString());
        Assert.StartsWith("HTTP/1.1 404", missing, StringComparison.Ordinal);
        Assert.Matches("^HTTP/1.1 (201|400)", foreign);
        Assert.DoesNotContain("Fault ", host.Output, StringComparison.Ordinal);
    }

    /// <summary>What the host answers until it closes the connection; the request arrives in pieces.</summary>
    private static async Task<string> AnswerAsync(HostProcess host, byte[] request)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, host.Address.Port, Ct);
        await using var stream = client.GetStream();
        foreach (var piece in new[] { request[..5], request[5..27], request[27..] })
        {
            await stream.WriteAsync(piece, Ct);
            await stream.FlushAsync(Ct);
        }

        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Ct);
    }

    private static async Task<int> StatusAsync(HostProcess host, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Address.Port, Ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Ct);
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync(Ct);
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static (byte[] Pfx, string Thumbprint) MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return (certificate.Export(X509ContentType.Pfx, "secret"), certificate.GetCertHashString(HashAlgorithmName.SHA256));
    }

    [GeneratedRegex("""(?:href|src)="(?!https?:|/)([^"]+\.(?:css|js|svg))["?]""")]
    private static partial Regex AssetAddress();
}
