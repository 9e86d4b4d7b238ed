using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Escape.Tests;

/// <summary>What a jailed process can read, others read too: it must not keep them from it.</summary>
[Collection("one machine, attacked by one test at a time")]
public sealed class SharedFileTests(HostilePlugin hostile)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lock_OnItsOwnFiles_KeepsNobodyFromInstalling()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Warm = 0, Bubblewrap = "" });

        _ = await host.CallAsync("hostile.file-lock", HostilePlugin.Aim(), new RecordingContext(), Ct);

        // Of another plugin: the installer reads what is installed already.
        Assert.Equal("Sample.Crowd", (await hostile.InstallAsync("Crowd")).Manifest.Id);
    }

    [Fact]
    public async Task Lock_OnFilesOfTheFramework_KeepsNobodyFromReadingThem()
    {
        await using var host = await hostile.HostAsync(PluginTier.Jailed, new PluginOptions(), new WorkerOptions { Warm = 0, Bubblewrap = "" });

        _ = await host.CallAsync("hostile.file-lock", HostilePlugin.Aim(amount: 1), new RecordingContext(), Ct);

        await using var read = File.OpenRead(typeof(object).Assembly.Location);
        Assert.True(read.Length > 0);
    }
}
