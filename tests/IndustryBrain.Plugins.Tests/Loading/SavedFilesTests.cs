using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tests.Loading;

/// <summary>A component saves a file of the run through the host, in every tier; its log keeps properties, and its failure says whether to try again.</summary>
public sealed class SavedFilesTests : IDisposable
{
    private const int Line = 16;
    private readonly TemporaryFolder _folder = new();
    private readonly CapabilityOptions _options = new();
    private readonly RunContext _run = new();

    public static TheoryData<PluginTier> Tiers => [PluginTier.Trusted, PluginTier.Jailed];

    public void Dispose() => _folder.Dispose();

    private async Task<Result<JsonElement>> SaveAsync(PluginTier tier, object input, bool isGranted = true)
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.True((await PluginPacker.PackAsync(Built.Sample("Settled"), Path.Combine(_folder.Path, "packages"), ct)).TryGet(out var path, out var failure), failure?.Message.En);
        await using var package = File.OpenRead(path);
        Assert.True((await new PluginInstaller(new PluginOptions { Folder = Path.Combine(_folder.Path, "installed") }).InstallAsync(package, ct)).TryGet(out var installed, out failure), failure?.Message.En);
        using var broker = new CapabilityBroker(_options, isGranted ? new DeclaredGrants(forAllTiers: true) : new NoGrants());
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System, capabilities: broker);
        Assert.Null((await host.LoadAsync(installed with { Tier = tier }, ct)).Failure);
        return await host.CallAsync("settled.save", JsonSerializer.SerializeToElement(input), _run, "a", ct);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Save_FourMegabytes_ArriveWhole_AndTheOutputRefersToThem(PluginTier tier)
    {
        var answer = await SaveAsync(tier, new { lines = 250_000 });

        Assert.True(answer.TryGet(out var output, out var failure), failure?.ToString());
        Assert.Equal(("f1", "lines.txt"), (output.GetProperty("file").GetProperty("file").GetString(), output.GetProperty("file").GetProperty("name").GetString()));
        Assert.Equal(250_000 * Line, _run.Saved["lines.txt"].Length);
        Assert.Equal("0123456789abcde\n"u8, _run.Saved["lines.txt"].AsSpan(^Line..));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Log_PropertiesStayProperties(PluginTier tier)
    {
        await SaveAsync(tier, new { lines = 2 });

        var entry = Assert.Single(_run.Logged);
        Assert.Equal(("Saves.", "2", "lines.txt"), (entry.Message, entry.Properties["lines"], entry.Properties["name"]));
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Save_WriterGivesUp_NothingIsKept_AndTheHintToTryAgainArrives(PluginTier tier)
    {
        var failure = (await SaveAsync(tier, new { lines = 100_000, throws = true })).Failure;

        Assert.Equal(("Sample.Settled:GAVE_UP", true), (failure?.Code, failure?.IsTransient));
        Assert.Empty(_run.Saved);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Save_BeyondTheQuota_IsRefused(PluginTier tier)
    {
        _options.SavedFileBytes = 2 << 20;

        Assert.Equal("IB1136", (await SaveAsync(tier, new { lines = 250_000 })).Failure?.Code);
        Assert.Empty(_run.Saved);
    }

    [Theory]
    [MemberData(nameof(Tiers))]
    public async Task Save_NotGranted_IsRefused(PluginTier tier)
    {
        Assert.Equal("IB1131", (await SaveAsync(tier, new { lines = 1 }, isGranted: false)).Failure?.Code);
        Assert.Empty(_run.Saved);
    }

    private sealed class NoGrants : IPluginGrants
    {
        public ValueTask<Grants> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken) => new(Grants.None);
    }

    private sealed class RunContext : ComponentContext
    {
        public Dictionary<string, byte[]> Saved { get; } = [];

        public List<ComponentLogEntry> Logged { get; } = [];

        public override string IdempotencyKey => "run-1:1";

        public override TimeProvider Time => TimeProvider.System;

        public override void Report(double fraction, LocalizedText? message = null)
        {
        }

        public override void Log(ComponentLogLevel level, string message) => Logged.Add(new(level, message));

        public override void Log(ComponentLogEntry entry) => Logged.Add(entry);

        public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) => new(Refusals.Missing(file.File));

        public override async ValueTask<Result<FileReference>> SaveFileAsync(string name, Stream content, CancellationToken cancellationToken)
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellationToken);
            Saved[name] = copy.ToArray();
            return new FileReference("f1", name);
        }
    }
}
