using System.Threading.Channels;
using IndustryBrain.Runtime.Runs.Execution;

namespace IndustryBrain.Runtime.Runs.Nodes;

/// <summary>Tells watchers on this node, and the other nodes, that runs changed on record. A lost telling delays a watcher until it looks again by itself.</summary>
internal sealed class RunChanges
{
    private const int MostUntold = 10_000;

    // A bucket is shared by many runs: a watcher that wakes for another run looks in vain, and nothing has to be cleaned up.
    private readonly ChangeSignal[] _buckets = [.. Enumerable.Range(0, 256).Select(_ => new ChangeSignal())];
    private readonly Channel<Guid> _untold = Channel.CreateBounded<Guid>(new BoundedChannelOptions(MostUntold) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>True when other nodes share the database.</summary>
    public bool HasPeers { get; set; }

    /// <summary>Runs that the other nodes have not been told of.</summary>
    public ChannelReader<Guid> Untold => _untold.Reader;

    /// <summary>Completes with the next change of the run; take it before looking at the run.</summary>
    public Task Next(Guid runId) => Bucket(runId).Next;

    /// <summary>The run changed here.</summary>
    public void Changed(Guid runId)
    {
        Bucket(runId).Pulse();
        if (HasPeers)
            _untold.Writer.TryWrite(runId);
    }

    /// <summary>The run changed on another node, or this one began or ended executing it.</summary>
    public void Pulse(Guid runId) => Bucket(runId).Pulse();

    private ChangeSignal Bucket(Guid runId) => _buckets[runId.GetHashCode() & 255];
}
