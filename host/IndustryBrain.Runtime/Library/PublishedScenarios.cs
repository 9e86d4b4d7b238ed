using System.Collections.Concurrent;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Scenarios.Definitions;
using Marten;

namespace IndustryBrain.Runtime.Library;

/// <summary>
/// Which version new runs of a scenario take in an environment, as this node last read it. It is forgotten when somebody publishes, here at once and on the other nodes when they hear of it, and read again after
/// <see cref="KeptFor"/>, in case news got lost.
/// </summary>
internal sealed class PublishedScenarios(TimeProvider time)
{
    /// <summary>What is told on the channel of the nodes.</summary>
    public const string Changed = "scenarios";

    private const int Most = 1_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Organization, string DefinitionId, string Environment, bool IsPart), Known> _known = [];
    private long _forgotten;

    /// <summary>Counts how often everything was forgotten; taken before the scenario is read.</summary>
    public long Forgotten => Volatile.Read(ref _forgotten);

    /// <summary>The published version, or null when it has to be read.</summary>
    public PublishedScenario? Find(string organization, string definitionId, string environment, bool isPart) =>
        _known.TryGetValue((organization, definitionId, environment, isPart), out var known) && time.GetElapsedTime(known.ReadAt) < KeptFor ? known.Published : null;

    /// <summary>Keeps what was read, unless it may have been read before somebody published.</summary>
    public void Keep(string organization, string definitionId, bool isPart, PublishedScenario published, long forgotten)
    {
        var key = (organization, definitionId, published.Environment, isPart);
        if (_known.Count >= Most)
            _known.Clear();
        _known[key] = new(published, time.GetTimestamp());
        if (Forgotten != forgotten)
            _known.TryRemove(key, out _);
    }

    /// <summary>Forgets everything: somebody has published, or moved scenarios to another version of a plugin.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _known.Clear();
    }

    /// <summary>Queues the telling for the other nodes; it leaves with the session's commit.</summary>
    public static void Tell(IDocumentSession session) => session.QueueSqlCommand("select pg_notify(?, ?)", RunListener.Channel, Changed);

    private sealed record Known(PublishedScenario Published, long ReadAt);
}
