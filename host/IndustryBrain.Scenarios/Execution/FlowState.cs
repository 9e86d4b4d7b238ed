using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>The counters of one run of a flowchart.</summary>
internal sealed class FlowState(ActivityNode node, int start)
{
    public int Start { get; } = start;

    public FlowGraph Graph { get; } = node.Graph(start);

    public int[] Visits { get; } = new int[node.Children.Length];

    public int[] ConnectionVisits { get; } = new int[node.Connections.Length];

    public bool[] IsFollowed { get; } = new bool[node.Connections.Length];
}
