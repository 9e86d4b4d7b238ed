using IndustryBrain.Plugins.Audit;
using IndustryBrain.Plugins.Tests.Installing;

namespace IndustryBrain.Plugins.Tests.Audit;

public sealed class LabelRuleTests
{
    private const string Named = """ "title": "量", "x-en": { "title": "Amount" } """;

    [Theory]
    [InlineData("""{ "properties": { "a": { {named} } } }""", null)]
    [InlineData("""{ "properties": { "a": { {named}, "type": "object", "format": "file", "properties": { "file": {} } } } }""", null)]
    [InlineData("""{ "properties": { "a": {}, "b": { "title": "量" }, "c": { "x-en": { "title": "C" } } } }""", "probe.one input: a, b, c")]
    [InlineData("""{ "properties": { "a": { {named}, "items": { "properties": { "b": {} } } } } }""", "probe.one input: a[].b")]
    [InlineData("""{ "properties": 1, "items": [1], "additionalProperties": false }""", null)]
    public async Task Audit_MembersWithoutLabel_AreANote(string input, string? unnamed)
    {
        var manifest = Packages.Manifest.Replace("\"input\": {}", "\"input\": " + input.Replace("{named}", Named, StringComparison.Ordinal), StringComparison.Ordinal);

        var found = (await Audited.AuditAsync(Packages.With(manifest))).Findings.Where(finding => finding.Rule.Id == "IBP0002").ToList();

        Assert.Equal(unnamed is null ? [] : [$"Members without a label: {unnamed}."], found.Select(finding => finding.Message.En));
        Assert.All(found, finding => Assert.Equal(AuditSeverity.Note, finding.Severity));
    }
}
