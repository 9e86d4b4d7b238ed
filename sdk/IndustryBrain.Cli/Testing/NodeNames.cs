namespace IndustryBrain.Cli.Testing;

/// <summary>Nodes as people name them in a fixture.</summary>
internal static class NodeNames
{
    /// <summary>True when a name means a node: its node id, or the id of its activity.</summary>
    public static bool Means(string name, string nodeId) => name == nodeId || name == ActivityId(nodeId);

    /// <summary>The last part of a node id.</summary>
    public static string ActivityId(string nodeId) => nodeId[(nodeId.LastIndexOf(':') + 1)..];
}
