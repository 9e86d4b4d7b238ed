namespace IndustryBrain.Scenarios.Execution;

/// <summary>Output names are compared without case: a component's ports are camelCase, their accessors Pascal case.</summary>
internal sealed class OutputKeyComparer : IEqualityComparer<(int Node, string Output)>
{
    public static readonly OutputKeyComparer Instance = new();

    public bool Equals((int Node, string Output) x, (int Node, string Output) y) => x.Node == y.Node && string.Equals(x.Output, y.Output, StringComparison.OrdinalIgnoreCase);

    public int GetHashCode((int Node, string Output) key) => HashCode.Combine(key.Node, StringComparer.OrdinalIgnoreCase.GetHashCode(key.Output));
}
