using System.Security.Cryptography;
using IndustryBrain.Plugins.Audit;

namespace IndustryBrain.Plugins.Tests.Audit;

public sealed class DependencyRulesTests
{
    private static readonly byte[] Plain = Snippet.Compile("public static class A { public static int One => 1; }");
    private static readonly byte[] Library = Snippet.Compile("public static class L { public static string Read(string n) => File.ReadAllText(n); public static string Again(string n) => File.ReadAllText(n); }", "Lib");
    private static readonly Advisory Grave = new("GHSA-0000", "Lib", ["[1.0,1.5)"], ["1.5"], "high", "崩溃", "crash");

    [Fact]
    public async Task Audit_KnownFile_IsANoteForEachRule()
    {
        var report = await AuditAsync(Known("1.5.0", "MIT"));

        var finding = Assert.Single(report.Findings);
        Assert.Equal(("IBP0106", AuditSeverity.Note), (finding.Rule.Id, finding.Severity));
        Assert.Contains("2 places in the public package Lib/1.5.0", finding.Message.En, StringComparison.Ordinal);
        Assert.Equal("Lib/1.5.0", report.Files[^1].Package);
    }

    [Theory]
    [InlineData("1.4.9", "MIT", "high", "IBP0106 IBP0301", 1)]
    [InlineData("1.4.9", "MIT", "moderate", "IBP0106 IBP0301", 0)]
    [InlineData("1.5.0", null, "high", "IBP0106 IBP0302", 0)]
    public async Task Audit_KnownFile_IsJudgedByItsVersion(string version, string? license, string severity, string rules, int errors)
    {
        var report = await AuditAsync(new KnownPackages([Of(version, license)], [Grave with { Severity = severity }]));

        Assert.Equal((rules, errors), (Audited.Rules(report), report.Count(AuditSeverity.Error)));
    }

    [Fact]
    public async Task Audit_UnknownFile_IsTheVendorsOwn()
    {
        var report = await Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + "Lib.dll", Library), Audited.Claim("Lib", "9.0.0", "Lib.dll")), new KnownPackages([], [Grave]));

        Assert.Equal("IBP0106 IBP0303", Audited.Rules(report));
        Assert.Equal(2, report.Count(AuditSeverity.Error));
    }

    [Fact]
    public async Task Audit_VersionThatIsOnlyClaimed_IsLookedUpToo()
    {
        var report = await Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + "Newtonsoft.Json.dll", Library), Audited.Claim("Newtonsoft.Json", "12.0.2", "Newtonsoft.Json.dll")));

        Assert.Contains(report.Findings, finding => finding.Rule.Id == "IBP0301" && finding.Message.En.Contains("GHSA-5crp-9r3c-p9vr", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Audit_FileUnderTheNameOfAnother_IsAltered()
    {
        var report = await Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + "ExcelDataReader.dll", Library), Audited.Claim("ExcelDataReader", "3.6.0", "ExcelDataReader.dll")));

        Audited.Has(report, "IBP0304");
        Assert.Contains(report.Findings, finding => finding is { Rule.Id: "IBP0106", Severity: AuditSeverity.Error });
    }

    [Fact]
    public async Task Audit_ShippedSdk_IsFound() =>
        Audited.Has(await Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + "IndustryBrain.Sdk.dll", await File.ReadAllBytesAsync(typeof(Sdk.Failure).Assembly.Location, TestContext.Current.CancellationToken)))), "IBP0305");

    [Theory]
    [InlineData("Newtonsoft.Json", "13.0.1", 0)]
    [InlineData("Newtonsoft.Json", "12.0.3-beta1", 1)]
    [InlineData("newtonsoft.json", "9.0.1", 1)]
    [InlineData("System.Text.Json", "8.0.4", 1)]
    [InlineData("System.Text.Json", "8.0.0", 2)]
    [InlineData("System.Text.Json", "8.0.5", 0)]
    [InlineData("System.Text.Json", "7.0.0", 1)]
    [InlineData("Unheard.Of", "1.0.0", 0)]
    [InlineData("Newtonsoft.Json", "not a version", 0)]
    public void Advisories_OfAVersion_AreThoseWhoseRangeHoldsIt(string id, string version, int count) => Assert.Equal(count, KnownPackages.Default.Advisories(id, version).Count());

    private static Task<AuditReport> AuditAsync(KnownPackages known) => Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + "Lib.dll", Library)), known);

    private static KnownPackages Known(string version, string? license) => new([Of(version, license)], [Grave]);

    private static KnownPackage Of(string version, string? license) =>
        new("Lib", version, license, new Dictionary<string, string> { ["lib/net8.0/Lib.dll"] = Convert.ToHexStringLower(SHA256.HashData(Library)) });
}
