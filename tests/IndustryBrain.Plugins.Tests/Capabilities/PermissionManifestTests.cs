using IndustryBrain.Plugins.Tests.Installing;

namespace IndustryBrain.Plugins.Tests.Capabilities;

public sealed class PermissionManifestTests
{
    [Fact]
    public async Task Read_PermissionWithoutTargets_HasNone()
    {
        await using var package = Packages.With(Packages.Manifest.Replace("\"permissions\": []", """ "permissions": [{ "capability": "files", "reason": { "zh": "a", "en": "b" } }] """, StringComparison.Ordinal));

        var read = await PluginPackage.ReadManifestAsync(package, TestContext.Current.CancellationToken);

        Assert.True(read.TryGet(out var manifest, out var failure), failure?.Message.En);
        var permission = Assert.Single(manifest.Permissions);
        Assert.Empty(permission.Targets);
        Assert.Null(permission.MaxBytes);
    }
}
