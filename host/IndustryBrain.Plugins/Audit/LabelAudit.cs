using System.Text.Json;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Looks for members that people will see without a name in both languages.</summary>
internal static class LabelAudit
{
    private const int MaxDepth = 16;
    private const int MaxNamed = 20;

    /// <summary>One finding for each part of a component, and for the settings.</summary>
    public static IEnumerable<AuditFinding> Judge(PluginManifest manifest)
    {
        var parts = manifest.Components.SelectMany(component => new[] { (Name: component.Id + " input", Schema: component.Input), (Name: component.Id + " output", Schema: component.Output) });
        foreach (var (name, schema) in manifest.Settings is { } settings ? parts.Append(("settings", settings)) : parts)
        {
            var unnamed = Unnamed(schema, "", 0).Take(MaxNamed + 1).ToList();
            if (unnamed.Count > 0)
            {
                var list = string.Join(", ", unnamed.Take(MaxNamed)) + (unnamed.Count > MaxNamed ? ", …" : "");
                var rule = AuditRules.MissingLabel;
                yield return new(rule, rule.Severity, new($"{rule.Title.Zh}：{name}：{list}。", $"{rule.Title.En}: {name}: {list}.")) { File = PluginPackage.ManifestName };
            }
        }
    }

    private static IEnumerable<string> Unnamed(JsonElement schema, string path, int depth)
    {
        if (depth > MaxDepth || schema.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && !IsFile(schema))
        {
            foreach (var member in properties.EnumerateObject())
            {
                var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                if (!IsNamed(member.Value))
                {
                    yield return at;
                }

                foreach (var within in Unnamed(member.Value, at, depth + 1))
                {
                    yield return within;
                }
            }
        }

        foreach (var inner in new[] { "items", "additionalProperties" })
        {
            if (schema.TryGetProperty(inner, out var item))
            {
                foreach (var within in Unnamed(item, path + "[]", depth + 1))
                {
                    yield return within;
                }
            }
        }
    }

    // Its members are the platform's.
    private static bool IsFile(JsonElement schema) => schema.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.ValueEquals("file");

    private static bool IsNamed(JsonElement member) =>
        HasTitle(member) && member.TryGetProperty("x-en", out var english) && HasTitle(english);

    private static bool HasTitle(JsonElement named) =>
        named.ValueKind == JsonValueKind.Object && named.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(title.GetString());
}
