using IndustryBrain.Plugins.Audit;

namespace IndustryBrain.Plugins.Tests.Audit;

public sealed class PermissionRulesTests
{
    private const string Get = "_ = await context.Http.GetAsync(new Uri(\"https://acme.com\"), ct);";

    [Theory]
    [InlineData("http", Get)]
    [InlineData("http", "_ = new HttpClient(context.Http.CreateHandler());")]
    [InlineData("folder", "_ = await context.Folder.ListAsync(ct);")]
    [InlineData("secrets", "_ = await context.Secrets.GetAsync(\"a\", ct);")]
    [InlineData("secrets", "HttpCapability.AddSecretHeader(new HttpRequestMessage(), \"a\", \"b\");")]
    [InlineData("clock", "_ = await context.Clock.ReadAsync(ct);")]
    [InlineData("datasets", "_ = context.DataSets;")]
    [InlineData("mqtt", "_ = context.Mqtt;")]
    [InlineData("events", "_ = context.Events;")]
    [InlineData("knowledge", "_ = context.Knowledge;")]
    [InlineData("files", "_ = await context.OpenFileAsync(new FileReference(\"a\", \"b\"), ct);")]
    [InlineData("files write", "_ = await context.SaveFileAsync(\"a\", new MemoryStream(), ct);")]
    [InlineData("clock", "_ = await context.RequestAsync(new CapabilityRequest(\"clock\", \"read\", default), ct);")]
    public async Task Audit_CapabilityWithoutPermission_IsFound(string capability, string statements)
    {
        var report = await Audited.BodyAsync(statements);

        var finding = Assert.Single(report.Findings);
        Assert.Equal(("IBP0401", "Acme.Probe.RunAsync"), (finding.Rule.Id, finding.Member));
        Assert.Contains($"“{capability}”", finding.Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", "GET https://acme.com", Get, "")]
    [InlineData("http.private", "GET https://acme.com", Get, "")]
    [InlineData("http", "GET https://acme.com", "", "IBP0402")]
    [InlineData("clock", null, "_ = context.Time;", "IBP0402")]
    [InlineData("files", null, "_ = await context.OpenFileAsync(new FileReference(\"a\", \"b\"), ct);", "")]
    [InlineData("files", null, "_ = await context.SaveFileAsync(\"a\", new MemoryStream(), ct);", "IBP0401 IBP0402")]
    [InlineData("files", "write", "_ = await context.SaveFileAsync(\"a\", new MemoryStream(), ct);", "")]
    [InlineData("files", "write", "", "IBP0402")]
    [InlineData("clock", null, "_ = await context.RequestAsync(new CapabilityRequest(context.IdempotencyKey, \"read\", default), ct);", "IBP0403")]
    [InlineData("clock", null, "_ = await context.RequestAsync(new CapabilityRequest(CapabilityNames.Clock, \"read\", default), ct);", "")]
    public async Task Audit_PermissionAndUse_AreCompared(string capability, string? target, string statements, string rules)
    {
        var permissions = Audited.Permission(capability, target is null ? [] : [target]);

        Assert.Equal(rules, Audited.Rules(await Audited.AuditAsync(Audited.Package(permissions, Snippet.Body(statements)))));
    }

    [Theory]
    [InlineData("htpp", "IBP0404", "“htpp”; there are clock, datasets, events, files, folder, http, http.private, knowledge, mqtt, secrets")]
    [InlineData("http", "IBP0405", "“http” allows nothing; a target is such as GET https://api.acme.com")]
    [InlineData("secrets", "IBP0405", "“secrets” allows nothing")]
    public async Task Audit_PermissionThatGivesNothing_IsAnError(string capability, string rule, string message)
    {
        var report = await Audited.AuditAsync(Audited.Package(Audited.Permission(capability), Snippet.Body("_ = context.Http; _ = context.Secrets;")));

        var finding = Assert.Single(report.Findings, f => f.Rule.Id == rule);
        Assert.Equal((AuditSeverity.Error, "plugin.json"), (finding.Severity, finding.File));
        Assert.Contains(message, finding.Message.En, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Findings, f => f.Rule.Id == "IBP0402");
    }

    [Fact]
    public async Task Audit_PermissionBesideUnreadableCode_IsNotCalledUnused()
    {
        var report = await Audited.AuditAsync(Audited.Package(Audited.Permission("clock"), Snippet.Body(""), (Audited.Prefix + "Other.dll", [1, 2, 3])));

        Assert.Equal("IBP0206", Audited.Rules(report));
    }

    [Fact]
    public async Task Audit_FullConnector_DeclaresWhatItUses()
    {
        // A sample that uses every capability it declares, packed as vendors do.
        using var folder = new TemporaryFolder();
        Assert.True((await PluginPacker.PackAsync(Built.Sample("Connector"), folder.Path, TestContext.Current.CancellationToken)).TryGet(out var path, out var failure), failure?.ToString());

        var report = await Audited.AuditAsync(File.OpenRead(path));

        Assert.DoesNotContain(report.Findings, finding => finding.Rule.Id is "IBP0401" && finding.Severity == AuditSeverity.Error);
    }
}
