using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Plugins;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Seeding;

/// <summary>Installs the packages that come with the program and puts them on record; then this node knows the plugins of the platform: manifests only, code at the first call.</summary>
internal sealed partial class BundledPlugins(PluginInstaller installer, PluginRegistry registry, PluginNode node, IOptions<SeedOptions> options, ILogger<BundledPlugins> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var path in Packages())
        {
            // Packages built with the program keep their version while they are developed: other content takes the place of the installed one.
            await using var package = File.OpenRead(path);
            var result = await installer.InstallAsync(package, replace: true, isVouched: true, cancellationToken);
            if (result.TryGet(out var installed, out var failure))
                failure = (await registry.AdoptAsync(installed, package, cancellationToken)).Failure;
            if (failure is not null)
                LogRefused(logger, Path.GetFileName(path), failure.Code, failure.Message.En);
        }

        await node.CatchUpAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Packages() => Directory.Exists(options.Value.Plugins)
        ? Directory.EnumerateFiles(options.Value.Plugins, "*.nupkg").Order(StringComparer.Ordinal)
        : [];

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} is not used: {Code} {Reason}")]
    private static partial void LogRefused(ILogger logger, string plugin, string code, string reason);
}
