using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Plugins.Tests.Installing;

namespace IndustryBrain.Plugins.Tests.Audit;

public sealed partial class PackageAuditTests
{
    private static readonly string Pages = Path.Combine(Built.RepositoryRoot, "docs", "rules");

    [Theory]
    [InlineData("CarbonFootprint")]
    [InlineData("EmissionFactors")]
    [InlineData("Forecasting")]
    [InlineData("PriceAlerts")]
    [InlineData("PriceOutlook")]
    [InlineData("Tabular")]
    public async Task Audit_BundledPackage_HasNotesAtMost(string name)
    {
        var report = await Audited.AuditAsync(File.OpenRead(Built.Package(name)));

        Assert.Empty(report.Findings.Where(finding => finding.Severity != AuditSeverity.Note).Select(finding => $"{finding.Rule.Id} {finding.Message.En}"));
        Assert.All(report.Files.Where(file => file.Path.EndsWith("ExcelDataReader.dll", StringComparison.Ordinal)), file => Assert.Equal("ExcelDataReader/3.6.0", file.Package));
    }

    [Fact]
    public async Task Audit_HostilePlugin_IsFullOfErrors()
    {
        using var folder = new TemporaryFolder();
        Assert.True((await PluginPacker.PackAsync(Built.Sample("Hostile"), folder.Path, TestContext.Current.CancellationToken)).TryGet(out var path, out var failure), failure?.ToString());

        var report = await Audited.AuditAsync(File.OpenRead(path));

        foreach (var rule in new[] { "IBP0101", "IBP0103", "IBP0105", "IBP0106", "IBP0107", "IBP0111", "IBP0112", "IBP0113" })
            Audited.Has(report, rule);
    }

    [Theory]
    [InlineData("{", "IB1002")]
    [InlineData("{}", "IB1003")]
    public async Task Audit_PackageWithoutValidManifest_IsRefused(string manifest, string code)
    {
        var report = await Audited.AuditAsync(Packages.With(manifest));

        var finding = Assert.Single(report.Findings);
        Assert.Equal("IBP0001", finding.Rule.Id);
        Assert.StartsWith(code, finding.Message.En, StringComparison.Ordinal);
        Assert.Null(report.Manifest);
    }

    [Fact]
    public async Task Audit_FileThatIsNoPackage_IsRefused() => Assert.Equal("IBP0001", Audited.Rules(await Audited.AuditAsync(new MemoryStream([1, 2, 3]))));

    [Fact]
    public async Task Audit_PackageForAnotherSdkWithoutEntry_IsRefusedTwice()
    {
        var manifest = Packages.Manifest.Replace("[0.1,1.0)", "[7.0,8.0)", StringComparison.Ordinal).Replace("Acme.Probe.dll", "Acme.Absent.dll", StringComparison.Ordinal);

        var report = await Audited.AuditAsync(Packages.With(manifest));

        Assert.Equal(["IB1013", "IB1014"], report.Findings.Where(finding => finding.Rule.Id == "IBP0001").Select(finding => finding.Message.En[..6]));
    }

    [Fact]
    public async Task Audit_ComponentThatTheAssemblyLacks_IsRefused()
    {
        var manifest = Packages.Manifest.Replace("probe.one", "probe.absent", StringComparison.Ordinal);

        var report = await Audited.AuditAsync(Packages.Of(manifest, Snippet.Compile("")));

        var finding = Assert.Single(report.Findings);
        Assert.Equal("IBP0001", finding.Rule.Id);
        Assert.StartsWith("IB1104", finding.Message.En, StringComparison.Ordinal);
        Assert.Contains("probe.absent", finding.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_NameOfThePlatform_IsRefused()
    {
        var manifest = Packages.Manifest.Replace("\"Acme.Probe\"", "\"IndustryBrain.Probe\"", StringComparison.Ordinal);

        Assert.StartsWith("IB1185", Assert.Single((await Audited.AuditAsync(Packages.Of(manifest, Snippet.Compile("")))).Findings).Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_DamagedEntry_IsRefused()
    {
        var package = Audited.Package([.. "a very plain text"u8]).ToArray();
        package[package.AsSpan().IndexOf("very plain"u8)] ^= 1;

        var report = await Audited.AuditAsync(new MemoryStream(package));

        Assert.StartsWith("IB1171", Assert.Single(report.Findings).Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_Cancelled_Stops() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new PackageAudit(new PluginOptions()).AuditAsync(Audited.Package([1]), new CancellationToken(canceled: true)));

    [Fact]
    public void Rules_AndPages_AreTheSame()
    {
        var pages = Directory.GetFiles(Pages, "IBP*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

        Assert.Equal(AuditRules.All.Select(rule => rule.Id), pages);
        Assert.Equal(AuditRules.All.Select(rule => rule.Id), ListedRule().Matches(File.ReadAllText(Path.Combine(Pages, "README.md"))).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Pages_SayWhatTheRuleSays() => Assert.All(AuditRules.All, rule =>
    {
        var page = File.ReadAllText(Path.Combine(Pages, rule.Id + ".md"));
        Assert.StartsWith($"# {rule.Id} {rule.Title.Zh} · {rule.Title.En}\n", page, StringComparison.Ordinal);
        foreach (var part in new[] { rule.Explanation.Zh, rule.Explanation.En, rule.Mend.Zh, rule.Mend.En })
            Assert.Contains(part, page, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("zh-CN", "直接访问文件")]
    [InlineData("en-US", "Direct use of files")]
    public async Task Sarif_OfFindings_HasWhatTheStandardDemands(string language, string title)
    {
        var report = await Audited.BodyAsync("_ = File.ReadAllText(\"a\");");

        var log = JsonElement.Parse(SarifLog.Write(report, new Uri("file:///packages/Acme%20Probe.nupkg"), CultureInfo.GetCultureInfo(language), rule => new Uri($"file:///rules/{rule}.md")).Span);

        Assert.Equal(("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json"), (log.GetProperty("version").GetString(), log.GetProperty("$schema").GetString()));
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal(AuditRules.All.Count, rules.GetArrayLength());
        Assert.All(rules.EnumerateArray(), rule => Assert.True(Uri.IsWellFormedUriString(rule.GetProperty("helpUri").GetString(), UriKind.Absolute)));
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal(("IBP0106", "error"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
        Assert.Equal("IBP0106", rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.StartsWith(title, result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        var location = result.GetProperty("locations")[0];
        Assert.Equal("Acme.Probe.RunAsync", location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());
        var artifact = location.GetProperty("physicalLocation").GetProperty("artifactLocation");
        var named = run.GetProperty("artifacts")[artifact.GetProperty("index").GetInt32()];
        Assert.Equal("/plugin/net10.0/Acme.Probe.dll", artifact.GetProperty("uri").GetString());
        Assert.Equal(artifact.GetProperty("uri").GetString(), named.GetProperty("location").GetProperty("uri").GetString());
        Assert.Equal(0, named.GetProperty("parentIndex").GetInt32());
        Assert.Matches("^[0-9a-f]{64}$", named.GetProperty("hashes").GetProperty("sha-256").GetString());
        Assert.All(run.GetProperty("invocations").EnumerateArray(), invocation => Assert.Equal(JsonValueKind.True, invocation.GetProperty("executionSuccessful").ValueKind));
    }

    [Fact]
    public async Task Sarif_OfSameFinding_HasTheSameFingerprint()
    {
        var (first, second) = (await FingerprintAsync("_ = File.ReadAllText(\"a\");"), await FingerprintAsync("_ = context.Time; _ = File.ReadAllText(\"a\");"));

        Assert.Equal(first, second);
        Assert.NotEqual(first, await FingerprintAsync("_ = File.ReadAllBytes(\"a\");"));
    }

    private static async Task<string?> FingerprintAsync(string statements) =>
        JsonElement.Parse(SarifLog.Write(await Audited.BodyAsync(statements), new Uri("file:///a.nupkg"), CultureInfo.InvariantCulture, _ => null).Span)
            .GetProperty("runs")[0].GetProperty("results")[0].GetProperty("partialFingerprints").GetProperty("finding/v1").GetString();

    [GeneratedRegex(@"^\| \[(IBP\d{4})\]", RegexOptions.Multiline)]
    private static partial Regex ListedRule();
}
