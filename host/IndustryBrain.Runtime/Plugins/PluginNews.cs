using Marten;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>Tells all nodes that the records of the plugins have changed.</summary>
internal static class PluginNews
{
    /// <summary>What is told on the channel of the nodes.</summary>
    public const string Changed = "plugins";

    /// <summary>Queues the telling; it leaves with the session's commit.</summary>
    public static void Tell(IDocumentSession session) => session.QueueSqlCommand("select pg_notify(?, ?)", Runs.Nodes.RunListener.Channel, Changed);
}
