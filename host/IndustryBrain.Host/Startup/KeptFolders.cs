using IndustryBrain.Host.Diagnostics;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Storage.Backups;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Startup;

/// <summary>The folders beside the database that backups have: the data folder, and those that options put elsewhere. What plugins are unpacked into is made anew from the database.</summary>
internal static class KeptFolders
{
    internal static void AddBackups(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(provider => List(provider, dataFolder));
        services.PostConfigure<BackupOptions>(o => o.Folder = Path.GetFullPath(Path.Combine(dataFolder, o.Folder)));
    }

    private static IReadOnlyCollection<KeptFolder> List(IServiceProvider provider, string dataFolder)
    {
        T Options<T>()
            where T : class => provider.GetRequiredService<IOptions<T>>().Value;
        KeptFolder[] own =
        [
            // Where the chains stood is said there too: read after the rows it would be ahead of them.
            new("audit", Options<AuditOptions>().Folder, [], EarlyFiles: true),
            new("sign-in", Options<SignInOptions>().Folder, []),
            new("capabilities", Options<CapabilityOptions>().Folder, []),
            new("trust", Options<PluginTrustOptions>().Folder, []),
        ];
        return [.. own, new KeptFolder("data", dataFolder, [.. own.Select(f => f.Path), Options<PluginOptions>().Folder, Options<WorkerOptions>().Folder, Options<BackupOptions>().Folder, DiagnosticsBundle.FolderIn(dataFolder)])];
    }
}
