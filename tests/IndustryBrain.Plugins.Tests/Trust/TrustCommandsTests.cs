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

        File.Copy(Built.ForecastingPackage, package, overwrite: true);
        Assert.StartsWith("IB7219", (await RunAsync("sign", package, "--key", "acme", "--keys", keys)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_KeyThatTheTrustFolderCallsRevoked_IsRefused()
    {
        var (keys, trust, package) = (In("keys"), In("trust"), In("p.nupkg"));
        File.Copy(Built.ForecastingPackage, package);
        Directory.CreateDirectory(Path.Combine(trust, "marketplaces"));
        Assert.Equal(0, (await RunAsync("keys", "new", "market", "--keys", keys)).ExitCode);
        var made = (await RunAsync("keys", "new", "acme", "--keys", keys)).Output.Split(' ')[0];
        await File.WriteAllTextAsync(Path.Combine(trust, "marketplaces", "Market.pem"), (await RunAsync("keys", "export", "market", "--keys", keys)).Output, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("keys", "revoke", "market", "--reason", "superseded", "--key-id", made, "--keys", keys, "-o", Path.Combine(trust, "revocations"))).ExitCode);

        var acme = await RunAsync("sign", package, "--key", "acme", "--keys", keys, "--trust", trust);
        var market = await RunAsync("sign", package, "--key", "market", "--keys", keys, "--trust", trust);

        Assert.Equal((2, 0), (acme.ExitCode, market.ExitCode));
        Assert.StartsWith("IB7219", acme.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IB7217", "sign", "p.nupkg", "--key", "absent")]
    [InlineData("IB7217", "keys", "export", "absent")]
    [InlineData("IB7217", "keys", "rotate", "absent")]
    [InlineData("IB7218", "pack", "/nope")]
    [InlineData("IB7218", "validate", "nope.csproj")]
    [InlineData("IB7207", "verify", "p.nupkg", "--require", "Refused")]
    public async Task Command_WhatIsMissingOrMeaningless_IsNamed(string code, params string[] arguments)
    {
        string[] keys = arguments[0] is "sign" or "keys" ? ["--keys", In("keys")] : [];

        var (exitCode, _, error) = await RunAsync([.. arguments, .. keys]);

        Assert.Equal(2, exitCode);
        Assert.StartsWith(code, error, StringComparison.Ordinal);
        Assert.Contains(arguments[^1], error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_FolderThatIsMissing_IsSaidOnce()
    {
        var (keys, package, absent) = (In("keys"), In("p.nupkg"), Path.Combine(In("absent"), "p.nupkg"));
        File.Copy(Built.ForecastingPackage, package);
        Assert.Equal(0, (await RunAsync("keys", "new", "acme", "--keys", keys)).ExitCode);

        var (exitCode, _, error) = await RunAsync("sign", absent, "--key", "acme", "--keys", keys, "--trust", In("trust"));
        var unwritable = await RunAsync("sign", package, "--key", "acme", "--keys", keys, "--trust", In("trust"), "-o", absent);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("IB7201", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.StartsWith("IB7223", Assert.Single(unwritable.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_NameThatIsNone_IsRefused() =>
        Assert.StartsWith("IB7213", (await RunAsync("keys", "new", "../acme", "--keys", In("keys"))).Error, StringComparison.Ordinal);

    private string In(string name) => Path.Combine(_folder.Path, name);
}
