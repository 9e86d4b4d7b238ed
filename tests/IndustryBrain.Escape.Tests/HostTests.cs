using System.Collections.Concurrent;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Isolation;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Escape.Tests;

/// <summary>What a jailed plugin may leave behind in the host: its folder, and lines of the log.</summary>
[Collection("one machine, attacked by one test at a time")]
public sealed class HostTests(HostilePlugin hostile)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folder_OfFoldersOnly_HasALimit()
    {
        var data = Directory.CreateTempSubdirectory("ib-escape-folder-");
        try
        {
            using var broker = new CapabilityBroker(new CapabilityOptions { Folder = data.FullName, FolderFiles = 20 }, new DeclaredGrants(forAllTiers: true));
            await using var host = new PluginHost(new PluginOptions(), TimeProvider.System, logger: null, new WorkerOptions { Warm = 0, Bubblewrap = "" }, broker);
            Assert.Null((await host.LoadAsync(await hostile.InstallAsync("Hostile") with { Tier = PluginTier.Jailed }, Ct)).Failure);

            _ = await host.CallAsync("hostile.folder-tree", HostilePlugin.Aim(amount: 100), new RecordingContext(), Ct);

            Assert.InRange(data.GetDirectories("*", SearchOption.AllDirectories).Length, 0, 50);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Log_OfTheHost_HasNothingThatATerminalObeys(int way)
    {
        var log = new Lines();
        using var broker = new CapabilityBroker(new CapabilityOptions(), new DeclaredGrants(forAllTiers: true));
        await using var host = new PluginHost(new PluginOptions(), TimeProvider.System, log, new WorkerOptions { Warm = 0, Bubblewrap = "" }, broker);
        Assert.Null((await host.LoadAsync(await hostile.InstallAsync("Hostile") with { Tier = PluginTier.Jailed }, Ct)).Failure);

        _ = await host.CallAsync("hostile.log-forge", HostilePlugin.Aim(amount: way), new RecordingContext(), Ct);

        Assert.Contains(log.Written, line => line.Contains("all is well", StringComparison.Ordinal));
        Assert.All(log.Written, line => Assert.DoesNotContain(line, c => c is '\r' or '\u001b'));
    }

    [Theory]
    [InlineData(0, "Sample.Hostile:FORGED")]
    [InlineData(1, "IB1216")]
    public async Task Failure_ThatIsForged_HasACode_AndTextsOfOneLine(int way, string code)
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Warm = 0, Bubblewrap = "" });

        var failure = (await host.CallAsync("hostile.failure-forge", HostilePlugin.Aim(amount: way), new RecordingContext(), Ct)).Failure!;

        Assert.Equal(code, failure.Code);
        Assert.All(new[] { failure.Message.Zh, failure.Message.En, failure.Where!, failure.Action!.Zh, failure.Action.En }, text => Assert.DoesNotContain(text, c => char.IsControl(c) || c is '\u202e' or '\u2066'));
    }

    [Fact]
    public async Task Output_OfManyValues_IsRefused_AndItsProcessLivesOn()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Warm = 0, MaxValues = 10_000, Bubblewrap = "" });

        var many = await host.CallAsync("hostile.bomb-values", HostilePlugin.Aim(amount: 20_000), new RecordingContext(), Ct);
        var worker = Assert.Single(host.WorkerProcesses);
        var fewer = await host.CallAsync("hostile.bomb-values", HostilePlugin.Aim(amount: 5_000), new RecordingContext(), Ct);

        Assert.Equal("IB1215", many.Failure?.Code);
        Assert.Null(fewer.Failure);
        Assert.Equal(worker, Assert.Single(host.WorkerProcesses));
    }

    [Fact]
    public async Task Output_OfTheSmallestValues_IsNotManyTimesAsLargeInTheHost()
    {
        const int Megabytes = 32;
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Warm = 0, MaxOutputBytes = 64 << 20, Bubblewrap = "" });
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // The first call of its process: the frame has to name it.
        var answer = await host.CallAsync("hostile.bomb-frame", HostilePlugin.Aim(number: 5, amount: (Megabytes << 20) / 60_000), new RecordingContext(), Ct);

        // Refused, or held in little more than its own size.
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) >> 20;
        GC.KeepAlive(answer);
        Assert.InRange(held, -1_000, Megabytes * 3);
    }

    private sealed class Lines : ILogger<PluginHost>
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Enqueue(formatter(state, exception));
    }
}
