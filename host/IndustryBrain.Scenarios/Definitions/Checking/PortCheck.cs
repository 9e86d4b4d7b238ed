using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>Finds what a component is given that its ports do not take: values of another type, and numbers in another unit.</summary>
internal static class PortCheck
{
    public static void Run(ScenarioDefinition definition, ActivityNode node, ComponentDescriptor component, IComponentCatalog components, VariableWriters writers, List<Finding> findings)
    {
        foreach (var (name, expression) in node.Inputs)
        {
            if (ValueSource.PortOf(component.Input, name) is not { } wanted)
                continue;
            if (expression.Kind is ExpressionKind.Literal or ExpressionKind.Object)
            {
                Literal(node, name, (expression.Kind == ExpressionKind.Object ? expression.Text : expression.Value, ComponentPorts.Find(component.Input, name).Type), wanted, findings);
                continue;
            }

            foreach (var source in ValueSource.Of(definition, node, expression, components, writers))
                Passed(node, name, source, wanted, findings);
        }
    }

    private static void Literal(ActivityNode node, string input, (object? Value, string? Type) given, JsonElement wanted, List<Finding> findings)
    {
        if (given.Value is null or "")
            return;
        if (SchemaCheck.Check(wanted, ValueJson.ToElement(ComponentPorts.Fit(given.Value, given.Type))) is { } refused)
            findings.Add(DefinitionFindings.LiteralRefused(input, refused, node.NodeId));
    }

    private static void Passed(ActivityNode node, string input, ValueSource source, JsonElement wanted, List<Finding> findings)
    {
        if (SchemaFit.Types(source.Schema, wanted) is { } types)
            findings.Add(DefinitionFindings.WrongType(input + Dotted(types.Path), source.Name + Dotted(types.Path), types.Given, types.Wanted, node.NodeId));
        else if (SchemaFit.Units(source.Schema, wanted) is { } units)
            findings.Add(DefinitionFindings.OtherUnit(input + Dotted(units.Path), source.Name + Dotted(units.Path), units.Given, units.Wanted, node.NodeId));
    }

    private static string Dotted(string path) => path.Length == 0 || path[0] == '[' ? path : "." + path;
}
