using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Usage;
using IndustryBrain.Scenarios;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Cli.Running;

/// <summary>The packages of a folder, unpacked once into a cache by their digest. Nothing is read before the first component is asked for.</summary>
internal sealed class PluginFolder(string folder, TimeProvider time, GivenSecrets secrets) : IComponentCatalog, IAsyncDisposable
{
    private PluginHost? _host;
    private CapabilityBroker? _capabilities;
    private string? _temporary;

    /// <summary>The folder beside the program.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>What plugins with symbols threw or were denied, each with its place in their source.</summary>
    public IEnumerable<PluginLogLine> LinesWithPlace =>
        from plugin in _host?.Plugins ?? []
        from line in _host!.UsageOf(plugin.Pin)?.Lines ?? []
        where line.Where is not null
        select line;

    /// <inheritdoc />
    public ComponentDescriptor? Find(string componentId) => _host?.Find(componentId);

    /// <summary>Makes the folder's components known; later calls do nothing.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        if (_host is not null)
        {
            return;
        }

        _capabilities = new CapabilityBroker(new CapabilityOptions(), secrets: secrets, time: time);
        _host = new PluginHost(new PluginOptions(), time, capabilities: _capabilities);
        string[] packages = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.nupkg") : [];
        foreach (var package in packages.Order(StringComparer.Ordinal))
        {
            // A developer runs plugins of their own choice, as they would any program.
            var installed = await InstallAsync(package, ct);
            var loaded = installed.TryGet(out var plugin, out var failure) ? await _host.LoadAsync(plugin with { Tier = PluginTier.Trusted }, ct) : failure;
            if (loaded.Failure is { } refused)
            {
                Complaint.Write(refused with { Where = Path.GetFileName(package) });
            }
        }
    }

    public ValueTask<Result<JsonElement>> CallAsync(string componentId, JsonElement input, ComponentContext context, CancellationToken ct) =>
        _host!.CallAsync(componentId, input, context, ct);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _capabilities?.Dispose();

        if (_temporary is not null)
        {
            try
            {
                Directory.Delete(_temporary, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // An assembly that is still mapped (Windows): the system cleans its temporary folder.
            }
        }
    }

    private async Task<Result<InstalledPlugin>> InstallAsync(string package, CancellationToken ct)
    {
        try
        {
            await using var content = File.OpenRead(package);
            var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
            var installer = new PluginInstaller(new PluginOptions { Folder = Path.Combine(Cache(), digest[..32]) });
            if (installer.List() is [var known] && known.Sha256 == digest)
            {
                return known;
            }

            content.Position = 0;

            // Whose it is, its user knows.
            return await installer.InstallAsync(content, replace: false, isVouched: true, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CliFailures.FileNotReadable(package);
        }
    }

    // A service account may have no home.
    private string Cache()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return data.Length > 0 ? Path.Combine(data, "IndustryBrain", "brain", "plugins") : _temporary ??= Directory.CreateTempSubdirectory("brain-").FullName;
    }
}
