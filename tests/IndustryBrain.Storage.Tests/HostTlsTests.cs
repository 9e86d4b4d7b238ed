using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>A host with a certificate, and with a proxy before it.</summary>
public sealed partial class HostTlsTests(PostgresFixture postgres) : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-tls-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Host_OverTlsAndBehindAProxy_KeepsCookiesToItselfAndBelievesTheProxyAlone()
    {
        using var certificate = await WriteCertificateAsync();
        var (http, https, outside) = (HostProcess.FreePort(), HostProcess.FreePort(), OutsideAddress());
        var plain = HostProcess.FreePort();
        await using var host = await HostProcess.StartAsync(
            Path.Combine(_root.FullName, "data"), http, new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = await postgres.CreateDatabaseAsync(Ct) }, Ct,
            "--environment", "Development", "--urls", $"http://127.0.0.1:{http};https://127.0.0.1:{https}" + (outside is null ? "" : $";http://{outside}:{plain}"), "--Proxy:Trusted:0", "127.0.0.1",
            "--Kestrel:Certificates:Default:Path", Path.Combine(_root.FullName, "tls.pem"), "--Kestrel:Certificates:Default:KeyPath", Path.Combine(_root.FullName, "tls.key"));
        await host.UntilOutputAsync("Sign in as owner", Ct);
        var link = Link().Match(host.Output).Groups[1].Value;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, found, _, _) => found?.GetCertHashString(HashAlgorithmName.SHA256) == certificate.GetCertHashString(HashAlgorithmName.SHA256) },
        });

        using var signedIn = await client.GetAsync(new Uri($"https://127.0.0.1:{https}{link}"), Ct);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), c => c.Contains("ib-session=", StringComparison.Ordinal));
        Assert.StartsWith("__Host-ib-session=", cookie, StringComparison.Ordinal);
        Assert.All(["; secure", "; httponly", "; path=/", "; samesite=lax"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, $"https://127.0.0.1:{https}/people", ("Cookie", cookie.Split(';')[0])));
        // The same session under the name that plain http has is none.
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(client, $"https://127.0.0.1:{https}/people", ("Cookie", cookie.Split(';')[0].Replace("__Host-", "", StringComparison.Ordinal) + "; __Host-ib-signed-out=1")));

        (string, string)[] forwarded = [("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "brain.example.com")];
        using (var request = Request($"http://127.0.0.1:{http}/look?theme=dark", forwarded))
        using (var behind = await client.SendAsync(request, Ct))
        {
            Assert.Contains("; secure", Assert.Single(behind.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        }

        // Somebody elsewhere is not the person at this machine, whatever the proxy's own address is, or says it is.
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(client, $"http://127.0.0.1:{http}/people", forwarded));
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(client, $"http://127.0.0.1:{http}/people", ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-Proto", "https")));
        if (outside is not null)
        {
            // Its own address is no trusted one.
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, $"http://{outside}:{plain}/people", forwarded));
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(client, $"http://{outside}:{plain}/api/v1/runs", forwarded));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, $"http://{outside}:{plain}/health/live"));
        }
    }

    [Fact]
    public async Task Host_InProduction_TellsBrowsersToStayWithTls()
    {
        var http = HostProcess.FreePort();
        await using var host = await HostProcess.StartAsync(
            Path.Combine(_root.FullName, "data"), http, new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = await postgres.CreateDatabaseAsync(Ct) }, Ct, "--Proxy:Trusted:0", "127.0.0.0/8");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var over = Request($"http://127.0.0.1:{http}/sign-in", ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "brain.example.com"));
        using var plain = Request($"http://127.0.0.1:{http}/sign-in");

        using var told = await client.SendAsync(over, Ct);
        using var untold = await client.SendAsync(plain, Ct);

        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(told.Headers.GetValues("Strict-Transport-Security")));
        Assert.False(untold.Headers.Contains("Strict-Transport-Security"));
    }

    private static HttpRequestMessage Request(string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address, params (string Name, string Value)[] headers)
    {
        using var request = Request(address, headers);
        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private static IPAddress? OutsideAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses.Select(a => a.Address))
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));

    private async Task<X509Certificate2> WriteCertificateAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest("CN=brain.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "tls.pem"), certificate.ExportCertificatePem(), Ct);
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "tls.key"), key.ExportPkcs8PrivateKeyPem(), Ct);
        return certificate;
    }

    [GeneratedRegex(@"Sign in as owner: http://[^/]+(/sign-in/demo/\S+)")]
    private static partial Regex Link();
}
