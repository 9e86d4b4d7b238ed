using System.Text;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>A definition as other definitions use it: an activity with its inputs and outputs.</summary>
internal static class WorkflowActivity
{
    /// <summary>The member of the node that holds what it runs; no document has it.</summary>
    public const string RootPort = "root";

    private static readonly HashSet<string> Members = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously", "source", "result", "root", "variables",
        "workflowDefinitionId", "workflowDefinitionVersionId", "latestAvailablePublishedVersion", "latestAvailablePublishedVersionId", "syntheticProperties",
    };

    /// <summary>The activity type: the name in Pascal case, as Elsa makes it.</summary>
    public static string TypeOf(string name)
    {
        var type = new StringBuilder(name.Length);
        var isFirst = true;
        foreach (var c in name)
        {
            if (c is ' ' or '_' or '-')
                isFirst = true;
            else
                (_, isFirst) = (type.Append(isFirst ? char.ToUpperInvariant(c) : c), false);
        }

        return type.ToString();
    }

    public static ActivityDescriptor Describe(ScenarioDefinition definition) => new(
        TypeOf(definition.Name),
        ActivityKind.Workflow,
        [.. definition.Inputs.Select(i => new InputDescriptor(MemberOf(i.Name), TypeRef.Parse(i.Type) ?? TypeRef.Object))],
        [.. definition.Outputs.Select(o => o.Name)],
        []);

    /// <summary>The member of the node that gives an input.</summary>
    public static string MemberOf(string input) => Members.Contains(input) ? "_" + input : input;
}
