using System.Globalization;
using System.Text.Json;
using IndustryBrain.Plugins.Manifests;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Measures;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Taxonomy;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Looks for what a manifest can say, but most likely does not mean: members that nobody reads, units and clusters that nobody knows, descriptions that say nothing.</summary>
internal static class ManifestAudit
{
    private const int MaxNamed = 20;
    private static readonly HashSet<string> Clusters = [.. IndustryTaxonomy.All.SelectMany(taxonomy => taxonomy.Nodes).Select(node => node.Code)];

    /// <summary>The findings, each with the line of its member.</summary>
    public static IEnumerable<AuditFinding> Judge(PluginManifest manifest, ReadOnlyMemory<byte> text)
    {
        var json = text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
        var found = new List<(AuditRule Rule, string Member, string What)>();
        found.AddRange(ManifestShape.Unknown(JsonElement.Parse(json.Span)).Select(member => (AuditRules.UnknownMember, member, "")));
        found.AddRange(Schemas(manifest).SelectMany(part => SchemaShape.All(part.Schema, part.At)).Where(schema => UnitOf(schema.Schema) is { } unit && !Units.IsKnown(unit)).Select(schema => (AuditRules.UnknownUnit, schema.At + ".x-unit", UnitOf(schema.Schema)!)));
        found.AddRange(manifest.Clusters.Index().Where(cluster => !Clusters.Contains(cluster.Item)).Select(cluster => (AuditRules.UnknownCluster, At("clusters", cluster.Index), cluster.Item)));
        found.AddRange(manifest.Components.Select((component, i) => (component.Description, At: At("components", i) + ".")).Prepend((manifest.Description, At: "")).Where(named => IsEmpty(named.Description)).Select(named => (AuditRules.EmptyDescription, named.At + "description", "")));
        return found.GroupBy(problem => problem.Rule).SelectMany(rule => rule.Take(MaxNamed)).Select(problem => Finding(problem.Rule, problem.Member, problem.What, JsonLines.Find(json.Span, problem.Member)));
    }

    private static IEnumerable<(JsonElement Schema, string At)> Schemas(PluginManifest manifest)
    {
        var parts = manifest.Components.SelectMany((component, i) => new[] { (component.Input, At("components", i) + ".input"), (component.Output, At("components", i) + ".output") });
        return manifest.Settings is { } settings ? parts.Append((settings, "settings")) : parts;
    }

    private static AuditFinding Finding(AuditRule rule, string member, string what, long line)
    {
        var (zh, en) = what.Length > 0 ? ($"是「{what}」", $" is “{what}”") : ("", "");
        return new(rule, rule.Severity, new($"{rule.Title.Zh}：{member} {zh}（第 {line} 行）。", $"{rule.Title.En}: {member}{en} (line {line}).")) { File = PluginPackage.ManifestName };
    }

    private static string? UnitOf(JsonElement schema) => schema.TryGetProperty("x-unit", out var unit) && unit.ValueKind == JsonValueKind.String ? unit.GetString() : null;

    private static bool IsEmpty(LocalizedText text) => string.IsNullOrWhiteSpace(text.Zh) || string.IsNullOrWhiteSpace(text.En);

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
