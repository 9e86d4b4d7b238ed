using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>Finds variables that scripts read and that nobody declares or sets.</summary>
internal static class VariableCheck
{
    // What activities declare for what they contain.
    private static readonly string[] Given = ["CurrentValue", "CurrentIndex", "Error", "Attempt"];

    public static void Run(ScenarioDefinition definition, IReadOnlyList<ActivityNode> nodes, List<Finding> findings)
    {
        var scripts = nodes.SelectMany(n => ScriptNames.Scripts(n).Select(s => (Node: n, Script: s))).ToList();
        if (scripts.Exists(s => ScriptNames.WritesUnknown(s.Script)))
            return;
        var made = scripts.SelectMany(s => ScriptNames.Written(s.Script)).Concat(Given).ToHashSet(StringComparer.Ordinal);
        foreach (var (node, script) in scripts)
        {
            foreach (var name in ScriptNames.Read(script).Distinct(StringComparer.Ordinal).Where(n => !made.Contains(n) && !IsDeclared(definition, node, n)))
                findings.Add(DefinitionFindings.UndeclaredVariable(name, Inputs.Names.Closest(name, Known(definition, node)), WhereOf(node, script), node.NodeId));
        }
    }

    private static string WhereOf(ActivityNode node, Expression script) => node.Inputs.FirstOrDefault(i => ReferenceEquals(i.Value, script)).Key
        ?? (Array.Find(node.Cases, c => ReferenceEquals(c.Condition, script)) is { } found ? $"cases.{found.Label}" : node.Kind == ActivityKind.RunScript ? "script" : "condition");

    private static bool IsDeclared(ScenarioDefinition definition, ActivityNode node, string name) => Known(definition, node).Contains(name, StringComparer.Ordinal);

    private static List<string> Known(ScenarioDefinition definition, ActivityNode node)
    {
        var known = definition.Variables.Select(v => v.Name).ToList();
        for (var scope = node; scope is not null; scope = scope.Parent)
            known.AddRange(scope.Variables.Select(v => v.Name));
        return known;
    }
}
