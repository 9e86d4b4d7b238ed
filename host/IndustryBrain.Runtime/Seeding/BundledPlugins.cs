using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Sdk;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Seeding;

/// <summary>Installs the packages that come with the program and puts them on record; then this node knows the plugins of the platform: manifests only, code at the first call.</summary>
internal sealed partial class BundledPlugins(PluginInstaller installer, PluginRegistry registry, PluginNode node, IOptions<SeedOptions> options, ILogger<BundledPlugins> logger) : IHostedLifecycleService
{
    private Task<List<(string Path, Result<InstalledPlugin> Result)>> _installing = Task.FromResult<List<(string, Result<InstalledPlugin>)>>([]);

    /// <summary>Unpacking needs no database: it goes on while the schema is compared and the messaging starts.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _installing = Task.Run(() => InstallAsync(cancellationToken), cancellationToken);
        return Task.CompletedTask;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (path, result) in await _installing)
        {
            if (result.TryGet(out var installed, out var failure))
            {
                await using var package = File.OpenRead(path);
                failure = (await registry.AdoptAsync(installed, package, cancellationToken)).Failure;
            }

            if (failure is not null)
                LogRefused(logger, Path.GetFileName(path), failure.Code, failure.Message.En);
        }

        await node.CatchUpAsync(cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<(string Path, Result<InstalledPlugin> Result)>> InstallAsync(CancellationToken ct)
    {
        var installed = new List<(string, Result<InstalledPlugin>)>();
        foreach (var path in Packages())
        {
            // Packages built with the program keep their version while they are developed: other content takes the place of the installed one.
            await using var package = File.OpenRead(path);
            installed.Add((path, await installer.InstallAsync(package, replace: true, ct)));
        }

        return installed;
    }

    private IEnumerable<string> Packages() => Directory.Exists(options.Value.Plugins)
        ? Directory.EnumerateFiles(options.Value.Plugins, "*.nupkg").Order(StringComparer.Ordinal)
        : [];

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} is not used: {Code} {Reason}")]
    private static partial void LogRefused(ILogger logger, string plugin, string code, string reason);
}
