using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Definitions.Reading;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>Finds activities that are never reached, flowcharts without a start, joins that never complete, and loops that never end.</summary>
internal static class FlowCheck
{
    // Ports of decisions times connections that are looked at for the joins of one flowchart.
    private const long MaxLooks = 4_000_000;

    public static void Run(ActivityNode node, List<Finding> findings)
    {
        switch (node.Kind)
        {
            case ActivityKind.Sequence:
                Sequence(node, findings);
                break;
            case ActivityKind.Flowchart when node.Children.Length > 0:
                Flowchart(node, findings);
                break;
            case ActivityKind.While:
                if (IsAlways(node) && node.Port("body") is { } body && !NodeTraits.MayStop(body, endsWithBreak: true))
                    findings.Add(DefinitionFindings.EndlessLoop(node.NodeId, "condition"));
                break;
            case ActivityKind.For:
                if (IsStepless(node) && node.Port("body") is { } step && !NodeTraits.MayStop(step, endsWithBreak: true))
                    findings.Add(DefinitionFindings.EndlessLoop(node.NodeId, "step"));
                break;
        }
    }

    private static void Sequence(ActivityNode sequence, List<Finding> findings)
    {
        var last = Array.FindIndex(sequence.Children, NodeTraits.IsLast);
        foreach (var child in last < 0 ? [] : sequence.Children.Skip(last + 1))
            findings.Add(DefinitionFindings.Unreachable(child.NodeId));
    }

    private static void Flowchart(ActivityNode flowchart, List<Finding> findings)
    {
        var graph = new LiveGraph(flowchart);
        if (!flowchart.Children.Any(c => c.Kind == ActivityKind.Start || c.CanStartWorkflow) && flowchart.Children.All(c => Array.Exists(flowchart.Connections, x => x.Target == c.Position)))
            findings.Add(DefinitionFindings.NoStart(flowchart.Children[0].Id, flowchart.NodeId));
        var reached = graph.Reached(NodeTraits.Starts(flowchart), avoid: -1);
        foreach (var child in flowchart.Children.Where(c => !reached[c.Position]))
            findings.Add(DefinitionFindings.Unreachable(child.NodeId));
        Joins(flowchart, graph, reached, findings);
        foreach (var cycle in graph.Cycles(reached).Where(c => !graph.HasExit(c)))
            findings.Add(DefinitionFindings.EndlessCycle(string.Join(" → ", cycle.Take(10).Select(p => flowchart.Children[p].Id)), flowchart.Children[cycle[0]].NodeId));
    }

    // A WaitAll join behind two branches of which one run takes only one is skipped, and so is all that follows it.
    private static void Joins(ActivityNode flowchart, LiveGraph graph, bool[] reached, List<Finding> findings)
    {
        var inbound = flowchart.Connections.Where(c => reached[c.Source]).ToLookup(c => c.Target);
        var joins = flowchart.Children.Where(c => reached[c.Position] && c.Kind == ActivityKind.FlowJoin && NodeTraits.Literal(c, "mode") == "WaitAll" && inbound[c.Position].Count() > 1).ToList();
        var decisions = joins.Count == 0 ? [] : flowchart.Children.Where(c => reached[c.Position] && TakesOne(c) && graph.Outbound(c.Position).Count > 1).ToList();
        if (decisions.Sum(d => (long)graph.Outbound(d.Position).Count + 1) * flowchart.Connections.Length > MaxLooks)
            return;
        foreach (var decision in decisions)
        {
            var without = graph.Reached(NodeTraits.Starts(flowchart), avoid: decision.Position);
            var byPort = graph.Outbound(decision.Position).GroupBy(c => c.Port).Select(g => (Port: g.Key, Reached: graph.Reached(g.Select(c => c.Target), avoid: decision.Position))).ToList();
            foreach (var join in joins.Where(j => IsDead(inbound[j.Position], decision.Position, without, byPort)).ToList())
            {
                findings.Add(DefinitionFindings.DeadJoin(decision.Id, join.NodeId));
                joins.Remove(join);
            }
        }
    }

    // Dead when two of its connections are only reached through the decision, over ports that have none in common.
    private static bool IsDead(IEnumerable<FlowConnection> inbound, int decision, bool[] without, List<(string? Port, bool[] Reached)> byPort)
    {
        var ports = new List<HashSet<string?>>();
        foreach (var connection in inbound.Where(c => c.Source == decision || !without[c.Source]))
        {
            var through = connection.Source == decision ? [connection.Port] : byPort.Where(p => p.Reached[connection.Source]).Select(p => p.Port).ToHashSet();
            if (through.Count == 0 || ports.Exists(p => p.SetEquals(through)))
                continue;
            if (ports.Exists(p => !p.Overlaps(through)))
                return true;
            ports.Add(through);
        }

        return false;
    }

    private static bool TakesOne(ActivityNode node) => node.Kind == ActivityKind.FlowDecision || (node.Kind == ActivityKind.FlowSwitch && (NodeTraits.Literal(node, "mode") ?? "MatchFirst") == "MatchFirst");

    private static bool IsAlways(ActivityNode loop) => loop.Inputs.TryGetValue("condition", out var condition) && condition switch
    {
        { Kind: ExpressionKind.Literal, Value: true } => true,
        { Kind: ExpressionKind.Literal, Value: string text } => bool.TryParse(text, out var always) && always,
        { Kind: ExpressionKind.Script, Text: { } source } => source.Trim().TrimEnd(';') is "true" or "return true" or "(true)" or "1",
        _ => false,
    };

    private static bool IsStepless(ActivityNode loop) => loop.Inputs.TryGetValue("step", out var step)
        && (step.Kind == ExpressionKind.Nothing || (step is { Kind: ExpressionKind.Literal } && NodeTraits.Literal(loop, "step") is null or "0"));
}
