using IndustryBrain.Plugins.Audit;
using IndustryBrain.Plugins.Tests.Installing;

namespace IndustryBrain.Plugins.Tests.Audit;

public sealed class ManifestRulesTests
{
    [Theory]
    [InlineData("IBP0003", "\"clusters\": []", "\"clusters\": [], \"licence\": \"MIT\"", "Unknown member of the manifest: licence (line 9).")]
    [InlineData("IBP0003", "\"kind\": \"tool\"", "\"kind\": \"tool\", \"titel\": 1", "Unknown member of the manifest: components[0].titel (line 6).")]
    [InlineData("IBP0004", "\"input\": {}", "\"input\": { \"properties\": { \"a\": { \"items\": { \"x-unit\": \"kilowatts\" } } } }", "Unknown unit: components[0].input.properties.a.items.x-unit is “kilowatts” (line 7).")]
    [InlineData("IBP0005", "\"clusters\": []", "\"clusters\": [\"ZZ9\"]", "Unknown industry cluster: clusters[0] is “ZZ9” (line 9).")]
    [InlineData("IBP0006", "\"en\": \"One.\"", "\"en\": \" \"", "Empty description: components[0].description (line 6).")]
    public async Task Audit_WhatAManifestHardlyMeans_IsAWarning(string rule, string part, string instead, string message)
    {
        var report = await Audited.AuditAsync(Packages.With(Packages.Manifest.Replace(part, instead, StringComparison.Ordinal)));

        var finding = Assert.Single(report.Findings, finding => finding.Rule.Id.StartsWith("IBP000", StringComparison.Ordinal) && finding.Severity == AuditSeverity.Warning);
        Assert.Equal((rule, message), (finding.Rule.Id, finding.Message.En));
    }

    [Fact]
    public async Task AuditAndInstall_IconThatThePackageLacks_AreRefusedAlike()
    {
        using var folder = new TemporaryFolder();
        var manifest = Packages.Manifest.Replace("\"kind\": \"tool\"", "\"kind\": \"tool\", \"icon\": \"icons/none.svg\"", StringComparison.Ordinal);

        var report = await Audited.AuditAsync(Packages.With(manifest));
        var installed = await new PluginInstaller(new PluginOptions { Folder = folder.Path }).InstallAsync(Packages.With(manifest), TestContext.Current.CancellationToken);

        Assert.Contains(report.Findings, finding => finding.Message.En.StartsWith("IB1026", StringComparison.Ordinal));
        Assert.Equal("IB1026", installed.Failure?.Code);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\"platforms\": [\"{other}\"], ", false)]
    public async Task Audit_FileForAnotherProcessor_IsRefusedUnlessThePackageIsForIt(string platforms, bool isRefused)
    {
        var isX64 = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64;
        var head = new byte[4_096];
        "MZ"u8.CopyTo(head);
        head[0x3C] = 0x80;
        "PE\0\0"u8.CopyTo(head.AsSpan(0x80));
        BitConverter.TryWriteBytes(head.AsSpan(0x84), (ushort)(isX64 ? 0xAA64 : 0x8664));
        var manifest = Packages.Manifest.Replace("\"clusters\"", platforms.Replace("{other}", isX64 ? "linux-arm64" : "linux-x64", StringComparison.Ordinal) + "\"clusters\"", StringComparison.Ordinal);

        var report = await Audited.AuditAsync(Packages.With(manifest, ("plugin/net10.0/native.dll", head)));

        Assert.Equal(isRefused, report.Findings.Any(finding => finding.Message.En.StartsWith("IB1188", StringComparison.Ordinal)));
    }
}
