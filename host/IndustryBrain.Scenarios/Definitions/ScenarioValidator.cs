using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;
using IndustryBrain.Scenarios.Inputs;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>Judges a definition against what is installed.</summary>
public static class ScenarioValidator
{
    /// <summary>All findings, those of reading included. An error refuses publishing and running.</summary>
    public static IReadOnlyList<Finding> Validate(ScenarioDefinition definition, IComponentCatalog components)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(components);
        var findings = new List<Finding>(definition.ReadingFindings);
        foreach (var node in definition.Activities)
        {
            if (node.ComponentId is { } id)
                Validate(node, id, components, findings);
        }

        findings.AddRange(SchemaKeywords.Judge(definition.Profile.InputSchema, "inputSchema"));
        return findings;
    }

    private static void Validate(ActivityNode node, string componentId, IComponentCatalog components, List<Finding> findings)
    {
        if (components.Find(componentId) is not { } component)
        {
            findings.Add(DefinitionFindings.UnknownComponent(componentId, node.NodeId));
            return;
        }

        if (component.Input.ValueKind == JsonValueKind.Object && component.Input.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray().Select(r => r.GetString()!))
            {
                if (!node.Inputs.TryGetValue(name, out var input) || input.Kind == ExpressionKind.Nothing)
                    findings.Add(DefinitionFindings.MissingComponentInput(name, node.NodeId));
            }
        }

        foreach (var name in node.Inputs.Keys.Where(n => !HasPort(component.Input, n)).Concat(node.Outputs.Keys.Where(n => !HasPort(component.Output, n))))
            findings.Add(DefinitionFindings.UnknownComponentInput(name, node.NodeId));
    }

    private static bool HasPort(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);
}
