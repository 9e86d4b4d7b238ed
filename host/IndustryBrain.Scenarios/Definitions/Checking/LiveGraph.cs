using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>The connections of a flowchart that a run may follow.</summary>
internal sealed class LiveGraph
{
    private readonly ActivityNode _flowchart;
    private readonly List<FlowConnection>[] _outbound;

    public LiveGraph(ActivityNode flowchart)
    {
        _flowchart = flowchart;
        _outbound = [.. flowchart.Children.Select(_ => new List<FlowConnection>())];
        foreach (var connection in flowchart.Connections.Where(c => !NodeTraits.IsLast(flowchart.Children[c.Source])))
            _outbound[connection.Source].Add(connection);
    }

    public IReadOnlyList<FlowConnection> Outbound(int activity) => _outbound[activity];

    /// <summary>What is reached from some activities without passing one.</summary>
    public bool[] Reached(IEnumerable<int> from, int avoid)
    {
        var reached = new bool[_outbound.Length];
        var open = new Stack<int>();
        foreach (var start in from.Where(s => s != avoid && !reached[s]))
        {
            reached[start] = true;
            open.Push(start);
        }

        while (open.TryPop(out var current))
        {
            foreach (var connection in _outbound[current])
            {
                if (connection.Target != avoid && !reached[connection.Target])
                {
                    reached[connection.Target] = true;
                    open.Push(connection.Target);
                }
            }
        }

        return reached;
    }

    /// <summary>The groups of activities that lead to each other, each in the order of the document.</summary>
    public IEnumerable<IReadOnlyList<int>> Cycles(bool[] among)
    {
        // Kosaraju's algorithm, with stacks of its own: a flowchart may be thousands of activities long.
        var order = Finished(among);
        var inbound = _outbound.SelectMany(list => list).ToLookup(c => c.Target, c => c.Source);
        var taken = new bool[_outbound.Length];
        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (taken[order[i]])
                continue;
            var group = new List<int>();
            var open = new Stack<int>();
            open.Push(order[i]);
            taken[order[i]] = true;
            while (open.TryPop(out var current))
            {
                group.Add(current);
                foreach (var source in inbound[current].Where(s => among[s] && !taken[s]))
                {
                    taken[source] = true;
                    open.Push(source);
                }
            }

            if (group.Count > 1 || _outbound[group[0]].Exists(c => c.Target == group[0]))
                yield return [.. group.Order()];
        }
    }

    /// <summary>True when a run need not go round for ever: it may come to rest in the cycle, or one of its activities may have an outcome that leads out, or nowhere.</summary>
    public bool HasExit(IReadOnlyList<int> cycle)
    {
        var inside = cycle.ToHashSet();
        foreach (var position in cycle)
        {
            var node = _flowchart.Children[position];
            if (NodeTraits.MayStop(node) || node.Kind == ActivityKind.FlowJoin || Outcomes(node) is not { } outcomes)
                return true;
            if (outcomes.Any(o => !_outbound[position].Exists(c => inside.Contains(c.Target) && (c.Port ?? "Done") == o)))
                return true;
        }

        return false;
    }

    // Every outcome that an activity may have; null when only the run knows.
    private static string[]? Outcomes(ActivityNode node) => node.Kind switch
    {
        ActivityKind.FlowDecision => ["True", "False"],
        ActivityKind.FlowSwitch => [.. node.Cases.Select(c => c.Label), "Default"],
        ActivityKind.FlowFork or ActivityKind.RunScript or ActivityKind.FlowSendHttpRequest or ActivityKind.DownloadHttpFile or ActivityKind.Saga => null,
        _ => ["Done"],
    };

    private List<int> Finished(bool[] among)
    {
        var order = new List<int>();
        var seen = new bool[_outbound.Length];
        var open = new Stack<(int Activity, int Next)>();
        for (var start = 0; start < _outbound.Length; start++)
        {
            if (seen[start] || !among[start])
                continue;
            seen[start] = true;
            open.Push((start, 0));
            while (open.TryPop(out var at))
            {
                if (at.Next == _outbound[at.Activity].Count)
                {
                    order.Add(at.Activity);
                    continue;
                }

                open.Push((at.Activity, at.Next + 1));
                var target = _outbound[at.Activity][at.Next].Target;
                if (!seen[target])
                {
                    seen[target] = true;
                    open.Push((target, 0));
                }
            }
        }

        return order;
    }
}
