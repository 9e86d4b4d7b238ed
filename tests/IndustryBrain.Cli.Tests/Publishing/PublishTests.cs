using IndustryBrain.Testing;

namespace IndustryBrain.Cli.Tests.Publishing;

/// <summary>Packages on their way to feeds, by NuGet's protocol.</summary>
public sealed class PublishTests(VendorMachine machine)
{
    private const string Id = "IndustryBrain.Forecasting";
    private const string Key = "key-of-the-feed";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_ToAFolder_PutsThePackageThereOnce()
    {
        var (folder, package) = await PackageAsync();
        var feed = Directory.CreateDirectory(Path.Combine(folder, "market")).FullName;

        var first = await BrainAsync(folder, null, "publish", package, "--source", "./market");
        var second = await BrainAsync(folder, null, "publish", package, "--source", feed);

        Assert.Equal($"{Id} 1.0.0", first.Succeeded().Output.Trim());
        Assert.Equal(await File.ReadAllBytesAsync(package, Ct), await File.ReadAllBytesAsync(Path.Combine(feed, Path.GetFileName(package)), Ct));
        Assert.Equal(2, second.ExitCode);
        Assert.StartsWith("IB7149", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_ToAFeed_PushesWithTheKey_TwiceOrWithAnotherIsRefused()
    {
        var (folder, package) = await PackageAsync();
        await using var feed = new LoopbackFeed(Key);
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"<configuration><packageSources><clear /><add key=\"market\" value=\"{feed.Index}\" allowInsecureConnections=\"true\" /></packageSources></configuration>", Ct);

        var other = await BrainAsync(folder, "another-key", "publish", package, "--source", "market");
        var first = await BrainAsync(folder, Key, "publish", package, "--source", feed.Index.ToString());
        var second = await BrainAsync(folder, Key, "publish", package, "--source", "market");

        Assert.Equal(2, other.ExitCode);
        Assert.StartsWith("IB7148", other.Error, StringComparison.Ordinal);
        Assert.Contains("IB_API_KEY", other.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("another-key", other.Error, StringComparison.Ordinal);
        first.Succeeded();
        Assert.Equal(await File.ReadAllBytesAsync(package, Ct), feed.Packages[$"{Id}.1.0.0"]);
        Assert.Equal(2, second.ExitCode);
        Assert.StartsWith("IB7149", second.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IB7147", "a.nupkg", "--source", "nowhere")]
    [InlineData("IB7148", "a.nupkg", "--source", "http://127.0.0.1:9/v3/index.json", "--no-audit")]
    [InlineData("IB7140", "a.nupkg", "--source", "http://market.example.com/v3/index.json", "--no-audit")]
    [InlineData("IB7151", "text.nupkg", "--source", ".")]
    [InlineData("IB7201", "absent.nupkg", "--source", ".")]
    [InlineData("IB7207", "a.nupkg")]
    public async Task Publish_WhatCannotBe_IsRefused(string code, params string[] arguments)
    {
        var (folder, package) = await PackageAsync();
        File.Move(package, Path.Combine(folder, "a.nupkg"));
        await File.WriteAllTextAsync(Path.Combine(folder, "text.nupkg"), "no zip", Ct);

        var ended = await BrainAsync(folder, Key, ["publish", .. arguments]);

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith(code, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_WithErrorsOfTheAudit_IsRefusedWithTheReport_UnlessSaidSo()
    {
        var folder = machine.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "market"));

        // It reads a file of its own, which only the folder capability may.
        var package = Path.Combine(folder, $"{VersionedPackage.Id}.1.0.0.nupkg");
        await File.WriteAllBytesAsync(package, await VersionedPackage.OfAsync("1.0.0"), Ct);

        var refused = await BrainAsync(folder, null, "publish", package, "--source", "./market");
        var allTheSame = await BrainAsync(folder, null, "publish", package, "--source", "./market", "--no-audit");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("IBP0106", refused.Error, StringComparison.Ordinal);
        Assert.Contains("IB7150", refused.Error, StringComparison.Ordinal);
        allTheSame.Succeeded();
    }

    private async Task<(string Folder, string Package)> PackageAsync()
    {
        var folder = machine.NewFolder();
        var package = Path.Combine(folder, $"{Id}.1.0.0.nupkg");
        await File.WriteAllBytesAsync(package, await File.ReadAllBytesAsync(Path.Combine(VendorMachine.RepositoryRoot, "artifacts", "plugins", Path.GetFileName(package)), Ct), Ct);
        return (folder, package);
    }

    private Task<CommandLine.Ended> BrainAsync(string folder, string? key, params string[] arguments) =>
        Brain.RunAsync(folder, new Dictionary<string, string>(machine.Environment) { ["IB_API_KEY"] = key ?? "", ["LC_ALL"] = "en_US.UTF-8" }, arguments);
}
