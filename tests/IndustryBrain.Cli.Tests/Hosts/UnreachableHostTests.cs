using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IndustryBrain.Testing;

namespace IndustryBrain.Cli.Tests.Hosts;

/// <summary>Hosts that cannot be talked to, each with its code.</summary>
public sealed class UnreachableHostTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("IB7138", "brain.example.com")]
    [InlineData("IB7138", "ftp://brain.example.com")]
    [InlineData("IB7138", "https://me:secret@brain.example.com")]
    [InlineData("IB7140", "http://brain.example.com")]
    [InlineData("IB7141", "https://brain.invalid")]
    public async Task Host_BadAddress_IsRefused(string code, string address) => Assert.StartsWith(code, (await ListAsync(address)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Host_NobodyListens_IsRefused() => Assert.StartsWith("IB7141", (await ListAsync($"http://127.0.0.1:{HostProcess.FreePort()}")).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Host_CertificateNotTrusted_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));

        var ended = await AgainstAsync("https", async stream =>
        {
            await using var secured = new SslStream(stream);
            await secured.AuthenticateAsServerAsync(certificate);
        });

        Assert.StartsWith("IB7142", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_AnotherProgram_IsRefused()
    {
        var ended = await AgainstAsync("http", async stream =>
        {
            await stream.ReadAtLeastAsync(new byte[1024], 1, cancellationToken: Ct);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"u8.ToArray(), Ct);
        });

        Assert.StartsWith("IB7143", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_SaysNothing_IsGivenUpAfterTheTimeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var ended = await ListAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", "--timeout", "1");

        Assert.StartsWith("IB7141", ended.Error, StringComparison.Ordinal);
        Assert.Contains("> 1 s", ended.Error, StringComparison.Ordinal);
    }

    private static async Task<CommandLine.Ended> AgainstAsync(string scheme, Func<Stream, Task> serve)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, serve);
        var ended = await ListAsync($"{scheme}://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await serving;
        return ended;
    }

    private static async Task ServeAsync(TcpListener listener, Func<Stream, Task> serve)
    {
        using var client = await listener.AcceptTcpClientAsync(Ct);
        try
        {
            await serve(client.GetStream());
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The program has hung up, as it should.
        }
    }

    private static async Task<CommandLine.Ended> ListAsync(string address, params string[] options)
    {
        var ended = await Brain.RunAsync(Brain.Folder, new Dictionary<string, string> { ["IB_API_KEY"] = Platform.Key, ["LC_ALL"] = "en_US.UTF-8" }, ["plugins", "list", "--host", address, .. options]);
        Assert.Equal(2, ended.ExitCode);
        return ended;
    }
}
