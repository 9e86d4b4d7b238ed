using System.Text.Json;
using static IndustryBrain.Plugins.Tests.Cli.Brain;

namespace IndustryBrain.Plugins.Tests.Trust;

public sealed class TrustCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KeysSignVerify_WithTheProgram_WorkTogether()
    {
        var (keys, trust, package) = (In("keys"), In("trust"), In("p.nupkg"));
        File.Copy(Built.ForecastingPackage, package);
        foreach (var folder in new[] { "vendors", "successions", "revocations" })
            Directory.CreateDirectory(Path.Combine(trust, folder));

        Assert.Equal(0, (await RunAsync("keys", "new", "acme", "--keys", keys)).ExitCode);
        await File.WriteAllTextAsync(Path.Combine(trust, "vendors", "Acme.pem"), (await RunAsync("keys", "export", "acme", "--keys", keys)).Output, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("keys", "rotate", "acme", "--keys", keys, "-o", Path.Combine(trust, "successions"))).ExitCode);
        Assert.Equal(2, (await RunAsync("keys", "list", "--keys", keys)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(0, (await RunAsync("sign", package, "--key", "acme", "--keys", keys)).ExitCode);
        var (exitCode, output, _) = await RunAsync("verify", package, "--trust", trust, "--require", "knownVendor", "--json");
        Assert.Equal((0, "Acme"), (exitCode, JsonElement.Parse(output).GetProperty("vendor").GetProperty("name").GetString()));

        Assert.Equal(0, (await RunAsync("keys", "revoke", "acme", "--reason", "compromised", "--keys", keys, "-o", Path.Combine(trust, "revocations"))).ExitCode);
        var refused = await RunAsync("verify", package, "--trust", trust);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("IB1176", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_NameThatIsNone_IsRefused() =>
        Assert.StartsWith("IB7213", (await RunAsync("keys", "new", "../acme", "--keys", In("keys"))).Error, StringComparison.Ordinal);

    private string In(string name) => Path.Combine(_folder.Path, name);
}
