using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Seeding;

/// <summary>Installs the packages that come with the program, and loads what is installed: manifests only, code at the first call.</summary>
internal sealed partial class BundledPlugins(PluginInstaller installer, PluginHost plugins, PluginLedger ledger, IOptions<SeedOptions> options, ILogger<BundledPlugins> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // What came with the program is trusted, by the digest of its package; whatever else lies in the folder is not.
        var bundled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Packages())
        {
            // Packages built with the program keep their version while they are developed: other content takes the place of the installed one.
            await using var package = File.OpenRead(path);
            if (!(await installer.InstallAsync(package, replace: true, cancellationToken)).TryGet(out var installed, out var failure))
                LogRefused(logger, Path.GetFileName(path), failure.Code, failure.Message.En);
            else
                bundled.Add(installed.Sha256);
        }

        foreach (var found in installer.List())
        {
            var installed = bundled.Contains(found.Sha256) ? found with { Tier = PluginTier.Trusted } : found;
            if ((await plugins.LoadAsync(installed, cancellationToken)).TryGet(out _, out var failure))
                await ledger.RecordAsync(installed, cancellationToken);
            else
                LogRefused(logger, installed.Manifest.Id, failure.Code, failure.Message.En);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Packages() => Directory.Exists(options.Value.Plugins)
        ? Directory.EnumerateFiles(options.Value.Plugins, "*.nupkg").Order(StringComparer.Ordinal)
        : [];

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} is not used: {Code} {Reason}")]
    private static partial void LogRefused(ILogger logger, string plugin, string code, string reason);
}
