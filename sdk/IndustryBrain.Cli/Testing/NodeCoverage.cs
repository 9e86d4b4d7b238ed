using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Cli.Testing;

/// <summary>How often the nodes of one definition were executed, over all fixtures.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Nodes">Its nodes in document order, each with the number of its executions.</param>
internal sealed record NodeCoverage(string DefinitionId, IReadOnlyList<(ScenarioNode Node, int Times)> Nodes)
{
    public int Executed => Nodes.Count(n => n.Times > 0);

    public IEnumerable<ScenarioNode> Missed => Nodes.Where(n => n.Times == 0).Select(n => n.Node);

    public static IReadOnlyList<NodeCoverage> Of(IEnumerable<FixtureRun> runs)
    {
        var all = runs.ToList();
        var times = all.SelectMany(r => r.Events).Where(e => e.Event is StepStarted)
            .GroupBy(e => (e.Definition.DefinitionId, ((StepStarted)e.Event).NodeId)).ToDictionary(g => g.Key, g => g.Count());
        return
        [
            .. from definition in all.SelectMany(r => r.Scenario.ById.Values).DistinctBy(d => d.DefinitionId)
               select new NodeCoverage(definition.DefinitionId, [.. definition.Nodes.Select(n => (n, times.GetValueOrDefault((definition.DefinitionId, n.NodeId))))]),
        ];
    }
}
