using IndustryBrain.Plugins;

namespace IndustryBrain.Runtime.Tests;

/// <summary>This test assembly, packed as a real plugin: its components run in a load context of their own, as any plugin's do.</summary>
public sealed class ProbePackage : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-probe-");

    /// <summary>Folder with the package.</summary>
    public string Folder => Path.Combine(_folder.FullName, "packages");

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var publish = _folder.CreateSubdirectory("publish").FullName;
        foreach (var name in new[] { "IndustryBrain.Runtime.Tests.dll", "IndustryBrain.Runtime.Tests.deps.json" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(publish, name));
        }

        foreach (var dll in Directory.EnumerateFiles(AppContext.BaseDirectory, "xunit*.dll"))
        {
            File.Copy(dll, Path.Combine(publish, Path.GetFileName(dll)));
        }

        var packed = await PluginPacker.PackAsync(publish, Folder, CancellationToken.None);
        Assert.True(packed.TryGet(out _, out var failure), $"{failure?.Code} {failure?.Message.En}");
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
