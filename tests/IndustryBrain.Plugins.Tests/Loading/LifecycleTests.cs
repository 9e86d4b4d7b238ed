using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Settings;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tests.Loading;

/// <summary>Create, configure, invoke, stop: the same in the host's process and in a process of the plugin's own.</summary>
public sealed class LifecycleTests : IDisposable
{
    private const string Life = "settled.life";
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedSettings _settings = new();
    private readonly CapabilityBroker _capabilities = new(new CapabilityOptions(), new DeclaredGrants(forAllTiers: true));

    public static TheoryData<PluginTier> Tiers => [PluginTier.Trusted, PluginTier.Jailed, PluginTier.Unjailed];

    public static TheoryData<PluginTier> TiersThatWriteFiles => [PluginTier.Trusted, PluginTier.Unjailed];

    public void Dispose()
    {
        _capabilities.Dispose();
        _folder.Dispose();
    }

    private async Task<PluginHost> HostAsync(PluginTier tier)
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.True((await PluginPacker.PackAsync(Built.Sample("Settled"), Path.Combine(_folder.Path, "packages"), ct)).TryGet(out var path, out var failure), failure?.Message.En);
        await using var package = File.OpenRead(path);
        Assert.True((await new PluginInstaller(new PluginOptions { Folder = Path.Combine(_folder.Path, "installed") }).InstallAsync(package, ct)).TryGet(out var installed, out failure), failure?.Message.En);
        var host = new PluginHost(new PluginOptions { DrainTimeout = TimeSpan.FromSeconds(20) }, TimeProvider.System, capabilities: _capabilities, settings: _settings);
        Assert.Null((await host.LoadAsync(installed with { Tier = tier }, ct)).Failure);
        return host;
    }

    private static async Task<(string Name, int Configured, string Instance)> AskAsync(PluginHost host, string organization, JsonElement? input = null, ComponentContext? context = null)
    {
        var answer = await host.CallAsync(Life, input ?? Nothing, context ?? new QuietContext(), organization, TestContext.Current.CancellationToken);
        Assert.True(answer.TryGet(out var life, out var failure), failure?.ToString());
        return (life.GetProperty("name").GetString()!, life.GetProperty("configured").GetInt32(), life.GetProperty("instance").GetString()!);
    }

    [Fact]
    public async Task Manifest_CarriesSettingsAndWhatThePaletteShows()
    {
        await using var host = await HostAsync(PluginTier.Trusted);

        var manifest = host.PluginOf(Life)!.Manifest;

        var settings = manifest.Settings!.Value;
        Assert.Equal("名称", settings.GetProperty("properties").GetProperty("name").GetProperty("title").GetString());
        Assert.Equal("textarea", settings.GetProperty("properties").GetProperty("note").GetProperty("x-editor").GetString());
        Assert.Equal(["name"], settings.GetProperty("required").EnumerateArray().Select(r => r.GetString()!));
        Assert.Equal(("icons/life.svg", new LocalizedText("示例", "Samples"), new LocalizedText("设置 停止", "settings stop")), (manifest.Components[0].Icon, manifest.Components[0].Category, manifest.Components[0].SearchWords));
        Assert.Null(manifest.Platforms);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Call_Twice_IsConfiguredOnce_AndEachOrganizationHasItsOwn(PluginTier tier)
    {
        _settings.Set("a", "A");
        _settings.Set("b", "B");
        await using var host = await HostAsync(tier);

        var first = await AskAsync(host, "a");
        var second = await AskAsync(host, "a");
        var other = await AskAsync(host, "b");

        Assert.Equal(("A", 1), (first.Name, first.Configured));
        Assert.Equal(first, second);
        Assert.Equal(("B", 1), (other.Name, other.Configured));
        Assert.NotEqual(first.Instance, other.Instance);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Call_SettingsAreMissing_IsRefusedByName_AndWorksOnceTheyAreThere(PluginTier tier)
    {
        await using var host = await HostAsync(tier);

        var failure = (await host.CallAsync(Life, Nothing, new QuietContext(), "a", TestContext.Current.CancellationToken)).Failure;
        _settings.Set("a", "A");
        var now = await AskAsync(host, "a");

        Assert.Equal(("IB1230", "settings.name"), (failure?.Code, failure?.Where));
        Assert.Equal(("A", 1), (now.Name, now.Configured));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task SettingsChange_CallUnderWayKeepsTheOld_NextCallMeetsAFreshObject(PluginTier tier)
    {
        var ct = TestContext.Current.CancellationToken;
        _settings.Set("a", "old");
        await using var host = await HostAsync(tier);
        var context = new WaitingContext();
        var underWay = AskAsync(host, "a", JsonElement.Parse("""{"waitsFor":{"file":"f"}}"""), context);
        await context.IsInside.WaitAsync(TimeSpan.FromSeconds(30), ct);

        _settings.Set("a", "new");
        var after = await AskAsync(host, "a");
        context.Release();
        var before = await underWay.WaitAsync(TimeSpan.FromSeconds(30), ct);

        Assert.Equal(("old", "new"), (before.Name, after.Name));
        Assert.NotEqual(before.Instance, after.Instance);
        Assert.Equal(after, await AskAsync(host, "a"));
    }

    [Theory]
    [MemberData(nameof(TiersThatWriteFiles))]
    public async Task SettingsChange_AndUnload_StopEachObjectOnce(PluginTier tier)
    {
        var ct = TestContext.Current.CancellationToken;
        var stopped = Directory.CreateDirectory(Path.Combine(_folder.Path, "stopped")).FullName;
        _settings.Set("a", "old", stopped);
        await using var host = await HostAsync(tier);
        await AskAsync(host, "a");
        _settings.Set("a", "new", stopped);
        await AskAsync(host, "a");

        await host.UnloadAsync("Sample.Settled", "1.0.0", ct);
        await MarkOfAsync("old", stopped, ct);

        Assert.Equal(["new", "old"], Directory.GetFiles(stopped).Select(mark => Path.GetFileName(mark).Split('-')[0]).Order(StringComparer.Ordinal));
    }

    // In the host's process such a thread would stay in the process of the tests.
    [Theory]
    [InlineData(PluginTier.Jailed)]
    [InlineData(PluginTier.Unjailed)]
    public async Task Unload_StopNeverEnds_IsLeftAfterTheGracePeriod(PluginTier tier)
    {
        var ct = TestContext.Current.CancellationToken;
        _settings.Set("a", "A", "never");
        await using var host = await HostAsync(tier);
        await AskAsync(host, "a");

        await host.UnloadAsync("Sample.Settled", "1.0.0", ct).WaitAsync(TimeSpan.FromSeconds(30), ct);

        Assert.Empty(host.WorkerProcesses);
    }

    // The older objects are stopped beside the call that replaced them.
    private static async Task MarkOfAsync(string name, string folder, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Directory.GetFiles(folder, name + "-*").Length == 0)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private sealed class RecordedSettings : IPluginSettings
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, JsonElement> _byOrganization = new();

        public void Set(string organization, string name, string stop = "") => _byOrganization[organization] = JsonSerializer.SerializeToElement(new { name, stop });

        public ValueTask<JsonElement?> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken) =>
            new(_byOrganization.TryGetValue(organization, out var found) ? found : null);
    }

    private sealed class WaitingContext : ComponentContext
    {
        private readonly TaskCompletionSource _inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsInside => _inside.Task;

        public override string IdempotencyKey => "run-1:1";

        public override TimeProvider Time => TimeProvider.System;

        public override void Report(double fraction, LocalizedText? message = null)
        {
        }

        public override void Log(ComponentLogLevel level, string message)
        {
        }

        public void Release() => _released.TrySetResult();

        public override async ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken)
        {
            _inside.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
            return Stream.Null;
        }
    }
}
