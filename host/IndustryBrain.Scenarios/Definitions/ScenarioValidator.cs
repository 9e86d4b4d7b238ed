using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Checking;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;

namespace IndustryBrain.Scenarios.Definitions;

/// <summary>Judges a definition against what is installed.</summary>
public static class ScenarioValidator
{
    private const int MostText = 60;

    /// <summary>All findings, those of reading included. An error refuses publishing and running.</summary>
    public static IReadOnlyList<Finding> Validate(ScenarioDefinition definition, IComponentCatalog components)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(components);
        var findings = new List<Finding>(definition.ReadingFindings);

        // A workflow that is used as an activity has been judged as itself.
        var nodes = definition.Activities.Where(n => !n.IsWithin(ActivityKind.Workflow)).ToList();
        var writers = new VariableWriters(definition);
        foreach (var node in nodes)
        {
            FlowCheck.Run(node, findings);
            findings.AddRange(PolicyReader.Judge(node));
            if (node.ComponentId is { } id)
                Validate(definition, node, id, components, writers, findings);
            else if (node.Descriptor is { } descriptor)
                findings.AddRange(UnreadableLiterals(node, descriptor));
            if (node.Kind == ActivityKind.SetVariable && UnreadableVariable(definition, node) is { } unreadable)
                findings.Add(unreadable);
            if (node.Kind == ActivityKind.SubScenario && (!node.Inputs.TryGetValue("scenarioVersion", out var version) || version.Kind == ExpressionKind.Nothing))
                findings.Add(DefinitionFindings.NotPinned(node.NodeId));
            if (node.Pin is { IsWhole: false })
                findings.Add(DefinitionFindings.ComponentNotPinned(node.NodeId));
            if (node.Kind == ActivityKind.Compensate && !node.IsWithin(ActivityKind.Saga))
                findings.Add(DefinitionFindings.NothingToCompensate(node.NodeId));
            if (node.Kind == ActivityKind.Cron && node.Inputs.TryGetValue("cronExpression", out var cron) && cron is { Kind: ExpressionKind.Literal, Value: string text } && CronTimes.Problem(text) is { } problem)
                findings.Add(DefinitionFindings.CronNotReadable(Shown(text), problem, node.NodeId));
        }

        VariableCheck.Run(definition, nodes, findings);
        SecretCheck.Run(definition, nodes, findings);
        findings.AddRange(SchemaKeywords.Judge(definition.Profile.InputSchema, "inputSchema"));
        return findings;
    }

    private static void Validate(ScenarioDefinition definition, ActivityNode node, string componentId, IComponentCatalog components, VariableWriters writers, List<Finding> findings)
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
        PortCheck.Run(definition, node, component, components, writers, findings);
    }

    private static Finding? UnreadableVariable(ScenarioDefinition definition, ActivityNode node)
    {
        if (!node.Inputs.TryGetValue("value", out var value) || value is not { Kind: ExpressionKind.Literal, Value: string text })
            return null;
        var type = ValueSource.Declaration(definition, node, v => v.Id == node.VariableId)?.Type.Kind;
        return type is { } kind && !LiteralText.IsReadable(kind, text) ? DefinitionFindings.LiteralNotReadable("value", Shown(text), kind.ToString(), node.NodeId) : null;
    }

    // Elsa takes the type's default for a text that does not convert: a Delay of "5 minutes" does not wait.
    private static IEnumerable<Finding> UnreadableLiterals(ActivityNode node, ActivityDescriptor descriptor) =>
        from input in descriptor.Inputs
        where node.Inputs.TryGetValue(input.Name, out var expression) && expression is { Kind: ExpressionKind.Literal, Value: string text }
            && !LiteralText.IsReadable(input.Type.Kind, text)
        let found = (string)node.Inputs[input.Name].Value!
        select DefinitionFindings.LiteralNotReadable(input.Name, Shown(found), input.Type.Kind.ToString(), node.NodeId);

    private static string Shown(string text) => text.Length > MostText ? text[..MostText] + "…" : text;

    private static bool HasPort(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);
}
