using System.Reflection;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Escape.Tests;

/// <summary>The attacker, packed and installed as any plugin is.</summary>
public sealed class HostilePlugin : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-escape-");
    private InstalledPlugin _installed = null!;

    /// <summary>A host with the attacker at one tier.</summary>
    public async Task<PluginHost> HostAsync(PluginTier tier, PluginOptions options, WorkerOptions workers, string? version = null)
    {
        var host = new PluginHost(options, TimeProvider.System, logger: null, workers, new CapabilityBroker(new CapabilityOptions(), new DeclaredGrants(forAllTiers: true)));
        var plugin = version is null ? _installed : _installed with { Manifest = _installed.Manifest with { Version = version } };
        Assert.Null((await host.LoadAsync(plugin with { Tier = tier }, CancellationToken.None)).Failure);
        return host;
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => _installed = await InstallAsync("Hostile");

    /// <summary>Packs and installs a sample, as any plugin is.</summary>
    internal async Task<InstalledPlugin> InstallAsync(string sample)
    {
        var output = Path.Combine(Metadata("RepositoryRoot"), "tests", "Samples", sample, "bin", Metadata("Configuration"), "net10.0");
        Assert.True((await PluginPacker.PackAsync(output, Path.Combine(_folder.FullName, "packages"), CancellationToken.None)).TryGet(out var path, out var failure), failure?.Message.En);
        await using var package = File.OpenRead(path);
        var installer = new PluginInstaller(new PluginOptions { Folder = Path.Combine(_folder.FullName, "installed") });
        Assert.True((await installer.InstallAsync(package, CancellationToken.None)).TryGet(out var installed, out failure), failure?.Message.En);
        return installed;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal static JsonElement Aim(string? path = null, int number = 0, int amount = 0) => JsonSerializer.SerializeToElement(new { path, number, amount });

    private static string Metadata(string name) => typeof(HostilePlugin).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
}
