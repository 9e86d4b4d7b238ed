namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>Two threads that take turns at reading one stream. Whoever reads may leave it to the other, if that stands by, and do itself what it has read: what comes alone is then done
/// without waiting until a thread of the pool has awoken.</summary>
internal sealed class ReadingTurns
{
    private readonly object _gate = new();
    private bool _isFree = true;
    private bool _isStandby;
    private bool _hasEnded;

    /// <summary>Starts both threads; each calls <paramref name="read"/> whenever it is its turn.</summary>
    /// <param name="name">Name of the threads.</param>
    /// <param name="read">Reads until it has passed the turn, or called <see cref="End"/>.</param>
    public void Start(string name, Action read)
    {
        for (var i = 0; i < 2; i++)
        {
            // Not of the pool: one that waits here for ever is missing there, and every frame would be handed from one to another.
            new Thread(() => Run(read)) { IsBackground = true, Name = name }.Start();
        }
    }

    /// <summary>Lets the other thread read; false when it does not stand by, so that the turn stays where it is.</summary>
    public bool TryPass()
    {
        lock (_gate)
        {
            if (!_isStandby)
            {
                return false;
            }

            (_isFree, _isStandby) = (true, false);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>There is nothing more to read: both threads end.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run(Action read)
    {
        while (Await())
        {
            read();
        }
    }

    private bool Await()
    {
        lock (_gate)
        {
            while (!_isFree && !_hasEnded)
            {
                _isStandby = true;
                Monitor.Wait(_gate);
            }

            (_isFree, _isStandby) = (false, false);
            return !_hasEnded;
        }
    }
}
