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

    [Theory]
    [InlineData(""" "capability": "http", "reason": { "zh": "a", "en": "b" }, "targets": ["GET https://api.example.com/path"] """, "targets")]
    [InlineData(""" "capability": "http", "reason": { "zh": "a", "en": "b" }, "targets": ["ftp://example.com"] """, "targets")]
    [InlineData(""" "capability": "http.private", "reason": { "zh": "a", "en": "b" }, "targets": [""] """, "targets")]
    [InlineData(""" "capability": "secrets", "reason": { "zh": "a", "en": "b" }, "targets": ["../key"] """, "targets")]
    [InlineData(""" "capability": "knowledge", "reason": { "zh": "a", "en": "b" }, "targets": ["*"] """, "targets")]
    [InlineData(""" "capability": "knowledge", "reason": { "zh": "a", "en": "b" }, "targets": ["rules.sh*"] """, "targets")]
    [InlineData(""" "capability": "files", "reason": { "zh": "a", "en": "" } """, "reason")]
    [InlineData(""" "capability": "folder", "reason": { "zh": "a", "en": "b" }, "maxBytes": 0 """, "maxBytes")]
    public async Task Read_PermissionThatSaysNothingOfUse_IsRefused(string permission, string member)
    {
        await using var package = Packages.With(Packages.Manifest.Replace("\"permissions\": []", $$""" "permissions": [{ {{permission}} }] """, StringComparison.Ordinal));

        var failure = (await PluginPackage.ReadManifestAsync(package, TestContext.Current.CancellationToken)).Failure;

        Assert.Equal("IB1003", failure?.Code);
        Assert.Contains($"permissions[0].{member}", failure?.Message.En, StringComparison.Ordinal);
    }
}
