using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Reading;

/// <summary>Warns of references to variables, inputs and outputs that do not exist, and of connections that can never be followed.</summary>
internal static class ReferenceCheck
{
    private static readonly string[] Decision = ["True", "False"];
    private static readonly string[] Saga = ["Compensated", "Done"];
    private static readonly string[] Bulk = ["Completed", "Canceled", "Done"];

    public static void Run(ScenarioDefinition definition, ReadingContext context)
    {
        foreach (var node in definition.Activities)
        {
            foreach (var (name, expression) in node.Inputs)
                Check(definition, node, name, expression, context);
            foreach (var transition in node.Machine?.Transitions ?? [])
            {
                if (transition.Condition is { } condition)
                    Check(definition, node, "condition", condition, context);
            }

            foreach (var switchCase in node.Cases)
                Check(definition, node, $"cases.{switchCase.Label}", switchCase.Condition, context);
            foreach (var output in node.Outputs.Values)
            {
                if (!IsVariable(definition, node, output.Target) && !HasOutput(definition, node, output.Target))
                    context.Add(DefinitionFindings.UnknownOutputTarget(output.Name, output.Target, node.NodeId));
            }

            if (node.Kind == ActivityKind.SetVariable && (string.IsNullOrEmpty(node.VariableId) || !IsVariable(definition, node, node.VariableId)))
                context.Add(DefinitionFindings.UnknownVariable(node.VariableName ?? node.VariableId ?? "", "variable", node.NodeId));
            foreach (var connection in node.Connections)
            {
                var source = node.Children[connection.Source];
                if (PortsOf(source) is { } ports && !(connection.Port is null ? ports.Length == 0 : ports.Length == 0 ? connection.Port == "Done" : ports.Contains(connection.Port)))
                    context.Add(DefinitionFindings.DeadPort(connection.Port ?? "null", source.NodeId));
            }
        }
    }

    // An empty array stands for the plain Done; null for outcomes that only the run knows.
    private static string[]? PortsOf(ActivityNode node) => node.Kind switch
    {
        ActivityKind.FlowDecision => Decision,
        ActivityKind.BulkDispatchWorkflows => Bulk,
        ActivityKind.Saga => Saga,
        ActivityKind.FlowSwitch => [.. node.Cases.Select(c => c.Label), "Default"],
        ActivityKind.FlowFork or ActivityKind.RunScript or ActivityKind.NotFound or ActivityKind.Complete or ActivityKind.Workflow
            or ActivityKind.HttpEndpoint or ActivityKind.FlowSendHttpRequest or ActivityKind.DownloadHttpFile or ActivityKind.HumanTask => null,
        _ => [],
    };

    private static void Check(ScenarioDefinition definition, ActivityNode node, string where, Expression expression, ReadingContext context)
    {
        if (expression is { Kind: ExpressionKind.Variable, Text: { } id } && !IsVariable(definition, node, id))
            context.Add(DefinitionFindings.UnknownVariable(expression.Name ?? id, where, node.NodeId));
        if (expression is { Kind: ExpressionKind.Input, Text: { } input } && !Declaring(definition, node).Inputs.Any(i => i.Name == input))
            context.Add(DefinitionFindings.UnknownInput(input, where, node.NodeId));
    }

    private static ScenarioDefinition Declaring(ScenarioDefinition definition, ActivityNode node)
    {
        for (var scope = node.Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Workflow is { } workflow)
                return workflow;
        }

        return definition;
    }

    private static bool HasOutput(ScenarioDefinition definition, ActivityNode node, string name)
    {
        for (var scope = node.Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Workflow?.HasOutput(name) == true)
                return true;
        }

        return definition.HasOutput(name);
    }

    private static bool IsVariable(ScenarioDefinition definition, ActivityNode node, string id)
    {
        for (var scope = node; scope is not null; scope = scope.Parent)
        {
            if (Array.Exists(scope.Variables, v => v.Id == id) || (scope.Kind is ActivityKind.For or ActivityKind.ForEach or ActivityKind.ParallelForEach or ActivityKind.Map && id is "CurrentValue" or "CurrentIndex"))
                return true;
        }

        return Array.Exists(definition.Variables, v => v.Id == id);
    }
}
