using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Plugins.Tests.Loading;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Plugins.Tests.Limits;

/// <summary>Limits of one plugin: exceeding one ends the call with its code, and is counted; others are not harmed.</summary>
public sealed class LimitTests : IDisposable
{
    private const string Plugin = "Sample.Hostile";
    private readonly TemporaryFolder _folder = new();
    private readonly CapabilityBroker _capabilities = new(new CapabilityOptions(), new DeclaredGrants(forAllTiers: true));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _capabilities.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("IB1112", "bomb-loop", 60, """{"callSeconds":5}""")]
    [InlineData("IB1114", "bomb-output", 3, """{"outputMegabytes":2}""")]
    [InlineData("IB1115", "bomb-memory", 400, """{"memoryMegabytes":160}""")]
    [InlineData("IB1115", "bomb-kept", 400, """{"memoryMegabytes":160}""")]
    [InlineData("IB1115", "crash-words", 1, """{"memoryMegabytes":160}""")]
    [InlineData("IB1116", "bomb-log", 500, """{"logLines":100}""")]
    [InlineData("IB1210", "bomb-loop", 60, """{"processorSeconds":0.3}""")]
    [InlineData("IB1210", "loop-threads", 60, """{"processorSeconds":0.3}""")]
    [InlineData("IB1211", "bomb-threads", 600, """{"threads":40,"memoryMegabytes":4096}""")]
    [InlineData("IB1212", "bomb-log", 500, """{"logLinesPerSecond":100}""")]
    [InlineData("IB1214", "bomb-files", 600, """{"openFiles":200}""")]
    public async Task Jailed_ExceedsALimitOfItsOwn_EndsWithItsCode_AndIsCounted(string code, string attack, int amount, string limits)
    {
        await using var host = await HostAsync(PluginTier.Jailed);
        host.Limit(Plugin, Read(limits));

        var exceeded = await CallAsync(host, attack, amount);
        var afterwards = await CallAsync(host, "greets");

        Assert.Equal(code, exceeded.Failure?.Code);
        Assert.Null(afterwards.Failure);
        Assert.Equal([new(code, 1)], host.UsageOf(host.PluginOf("hostile.greets")!.Pin)!.Exceeded);
    }

    [Fact]
    public async Task Jailed_ThrowsWhatCannotBeTold_FailsAsWithAnyException()
    {
        await using var host = await HostAsync(PluginTier.Jailed);

        Assert.Equal("IB1111", (await CallAsync(host, "crash-words")).Failure?.Code);
        Assert.Null((await CallAsync(host, "greets")).Failure);
    }

    [Theory]
    [InlineData("IB1112", "loop-await", 60, """{"callSeconds":0.3}""")]
    [InlineData("IB1114", "bomb-output", 3, """{"outputMegabytes":2}""")]
    [InlineData("IB1116", "bomb-log", 500, """{"logLines":100}""")]
    [InlineData("IB1212", "bomb-progress", 500, """{"logLinesPerSecond":100}""")]
    public async Task Trusted_ExceedsALimit_EndsWithItsCode(string code, string attack, int amount, string limits)
    {
        await using var host = await HostAsync(PluginTier.Trusted);
        host.Limit(Plugin, Read(limits));

        Assert.Equal(code, (await CallAsync(host, attack, amount)).Failure?.Code);
        Assert.Equal([new(code, 1)], host.UsageOf(host.PluginOf("hostile.greets")!.Pin)!.Exceeded);
    }

    [Fact]
    public async Task Lines_OfOneOrganization_AreNotForAnother()
    {
        await using var host = await HostAsync(PluginTier.Trusted);
        var pin = host.PluginOf("hostile.greets")!.Pin;

        await host.CallAsync("hostile.bomb-log", JsonSerializer.SerializeToElement(new { amount = 3 }), new QuietContext(), "one", Ct);

        Assert.NotEmpty(host.UsageOf(pin, "one")!.Lines);
        Assert.Empty(host.UsageOf(pin, "other")!.Lines);
        Assert.Equal(1, host.UsageOf(pin, "other")!.Calls);
    }

    [Fact]
    public async Task ProcessorTime_SpentInASharedProcess_IsLaidToNobodyForGood()
    {
        await using var host = await HostAsync(PluginTier.Jailed);
        host.Limit(Plugin, Read("""{"processorSeconds":1,"callSeconds":60}"""));

        var waits = CallAsync(host, "loop-await", 40);
        var burns = await CallAsync(host, "bomb-loop", 60);
        var neighbour = await waits;

        Assert.Contains("IB1210", new[] { burns.Failure?.Code, neighbour.Failure?.Code });
        Assert.All(new[] { burns.Failure!, neighbour.Failure! }, f => Assert.True(f.IsTransient, f.ToString()));
    }

    [Theory]
    [InlineData(PluginTier.Trusted)]
    [InlineData(PluginTier.Jailed)]
    public async Task ConcurrentCalls_OneTooMany_Waits_ThenIsRefused(PluginTier tier)
    {
        await using var host = await HostAsync(tier, new PluginOptions { ConcurrentCallWait = TimeSpan.FromMilliseconds(200) });
        host.Limit(Plugin, Read("""{"concurrentCalls":1}"""));
        await CallAsync(host, "greets");

        var first = CallAsync(host, "loop-await", 2);
        var second = await CallAsync(host, "greets");
        var done = await first;
        var third = await CallAsync(host, "greets");

        Assert.Equal(("IB1213", true), (second.Failure?.Code, second.Failure?.IsTransient));
        Assert.Null(done.Failure);
        Assert.Null(third.Failure);
    }

    [Fact]
    public async Task Limit_Changed_NewCallsHaveIt_InAProcessOfTheirOwn()
    {
        await using var host = await HostAsync(PluginTier.Jailed);

        Assert.Null((await CallAsync(host, "bomb-log", 500)).Failure);
        var before = await WhereAsync(host);
        host.Limit(Plugin, Read("""{"logLines":100}"""));
        Assert.Equal("IB1116", (await CallAsync(host, "bomb-log", 500)).Failure?.Code);
        var during = await WhereAsync(host);
        host.Limit(Plugin, null);
        Assert.Null((await CallAsync(host, "bomb-log", 500)).Failure);

        Assert.NotEqual(before, during);
    }

    [Fact]
    public async Task Limits_ByDefault_AreThoseOfTheOptions()
    {
        await using var host = await HostAsync(PluginTier.Jailed);

        Assert.Equal(new PluginLimits(512, 600, 600, 256, 64, 10_000, 10_000, 512, 256), host.DefaultLimits);
    }

    private static PluginLimits Read(string json) => ComponentJson.Read<PluginLimits>(JsonElement.Parse(json)).TryGet(out var limits, out var failure) ? limits : throw new InvalidOperationException(failure.ToString());

    private static async Task<Result<JsonElement>> CallAsync(PluginHost host, string component, int amount = 0) =>
        await host.CallAsync("hostile." + component, JsonSerializer.SerializeToElement(new { amount }), new QuietContext(), "demo", Ct);

    private static async Task<string> WhereAsync(PluginHost host)
    {
        Assert.True((await CallAsync(host, "where")).TryGet(out var where, out var failure), failure?.ToString());
        return where.GetProperty("what").GetString()!;
    }

    private async Task<PluginHost> HostAsync(PluginTier tier, PluginOptions? options = null)
    {
        Assert.True((await PluginPacker.PackAsync(Built.Sample("Hostile"), Path.Combine(_folder.Path, "packages"), Ct)).TryGet(out var path, out var failure), failure?.Message.En);
        await using var package = File.OpenRead(path);
        Assert.True((await new PluginInstaller(new PluginOptions { Folder = Path.Combine(_folder.Path, "installed") }).InstallAsync(package, Ct)).TryGet(out var installed, out failure), failure?.Message.En);
        var workers = new WorkerOptions { LookInterval = TimeSpan.FromMilliseconds(20), Warm = 0, RestartDelay = TimeSpan.Zero };
        var host = new PluginHost(options ?? new(), TimeProvider.System, logger: null, workers, _capabilities);
        Assert.Null((await host.LoadAsync(installed with { Tier = tier }, Ct)).Failure);
        return host;
    }
}
