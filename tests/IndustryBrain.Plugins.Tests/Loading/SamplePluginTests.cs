using System.Text.Json;

namespace IndustryBrain.Plugins.Tests.Loading;

public sealed class SamplePluginTests : IDisposable
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<PluginTier> Tiers => [.. Enum.GetValues<PluginTier>()];

    public void Dispose() => _folder.Dispose();

    private async Task<string> PackAsync(string name, string output) =>
        (await PluginPacker.PackAsync(Built.Sample(name), Path.Combine(_folder.Path, output), TestContext.Current.CancellationToken)).TryGet(out var path, out var failure)
            ? path
            : throw new InvalidOperationException(failure.Message.En);

    private async Task<PluginHost> HostAsync(PluginTier tier, PluginOptions options, params string[] names)
    {
        var ct = TestContext.Current.CancellationToken;
        var installer = new PluginInstaller(new PluginOptions { Folder = Path.Combine(_folder.Path, "installed") });
        var host = new PluginHost(options, TimeProvider.System);
        foreach (var name in names)
        {
            await using var package = File.OpenRead(await PackAsync(name, "packages"));
            Assert.True((await installer.InstallAsync(package, ct)).TryGet(out var installed, out var failure), failure?.Message.En);
            Assert.Null((await host.LoadAsync(installed with { Tier = tier }, ct)).Failure);
        }

        return host;
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Call_ClashingDependencies_EachPluginHasItsOwn(PluginTier tier)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await HostAsync(tier, new PluginOptions(), "OldReader", "NewReader");

        Assert.True((await host.CallAsync("oldreader.version", Nothing, new QuietContext(), ct)).TryGet(out var old, out _));
        Assert.True((await host.CallAsync("newreader.version", Nothing, new QuietContext(), ct)).TryGet(out var current, out _));

        Assert.Equal((33, 34), (old.GetProperty("major").GetInt32(), current.GetProperty("major").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Call_ComponentThrows_IsAFailureWithoutDetails(PluginTier tier)
    {
        await using var host = await HostAsync(tier, new PluginOptions(), "OldReader");

        var failure = (await host.CallAsync("oldreader.throws", Nothing, new QuietContext(), TestContext.Current.CancellationToken)).Failure;

        Assert.Equal("IB1111", failure?.Code);
        Assert.DoesNotContain("secret", failure!.Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Call_BeyondItsTime_IsGivenUp_AndACallersCancellationIsThrown(PluginTier tier)
    {
        await using var host = await HostAsync(tier, new PluginOptions { CallTimeout = TimeSpan.FromSeconds(tier == PluginTier.Trusted ? 0.1 : 3) }, "OldReader");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.Equal("IB1112", (await host.CallAsync("oldreader.waits", Nothing, new QuietContext(), TestContext.Current.CancellationToken)).Failure?.Code);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.CallAsync("oldreader.waits", Nothing, new QuietContext(), cancelled.Token).AsTask());
    }

    [Fact]
    public async Task Pack_Twice_GivesEqualBytes()
    {
        var ct = TestContext.Current.CancellationToken;
        var first = await File.ReadAllBytesAsync(await PackAsync("NewReader", "one"), ct);
        var second = await File.ReadAllBytesAsync(await PackAsync("NewReader", "two"), ct);

        Assert.Equal(first, second);
    }
}
