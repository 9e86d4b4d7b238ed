namespace IndustryBrain.Plugins.Isolation;

/// <summary>Jailed processes without a plugin, kept ready so that a first call waits for its plugin only. Whoever takes one has it for good.</summary>
/// <param name="count">How many are ready.</param>
/// <param name="start">Starts one; null when it cannot be started.</param>
internal sealed class WarmWorkers(int count, Func<Task<WorkerProcess?>> start) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Task<WorkerProcess?>> _ready = [];
    private bool _isDisposed;

    /// <summary>Numbers of those that run.</summary>
    public IReadOnlyList<int> Processes
    {
        get
        {
            lock (_gate)
            {
                return [.. _ready.Where(r => r.IsCompletedSuccessfully).Select(r => r.Result).OfType<WorkerProcess>().Where(w => !w.Ended.IsCompleted).Select(w => w.ProcessId)];
            }
        }
    }

    /// <summary>Starts as many as are missing.</summary>
    public void Fill()
    {
        lock (_gate)
        {
            while (!_isDisposed && _ready.Count < count)
            {
                _ready.Enqueue(Task.Run(start));
            }
        }
    }

    /// <summary>The one that has been ready longest; null when none is, or it could not be started or has ended meanwhile, which is no failure of the plugin that asks.</summary>
    public async Task<WorkerProcess?> TakeAsync()
    {
        Task<WorkerProcess?>? oldest;
        lock (_gate)
        {
            _ready.TryDequeue(out oldest);
        }

        return oldest is not null && await oldest.ConfigureAwait(false) is { Ended.IsCompleted: false } ready ? ready : null;
    }

    /// <summary>Completes when all that were started wait for a plugin.</summary>
    public async Task ReadyAsync()
    {
        Task<WorkerProcess?>[] ready;
        lock (_gate)
        {
            ready = [.. _ready];
        }

        foreach (var worker in await Task.WhenAll(ready).ConfigureAwait(false))
        {
            await (worker?.Greeted ?? Task.CompletedTask).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Task<WorkerProcess?>> unused;
        lock (_gate)
        {
            _isDisposed = true;
            unused = [.. _ready];
            _ready.Clear();
        }

        foreach (var starting in unused)
        {
            if (await starting.ConfigureAwait(false) is { } worker)
            {
                worker.Kill(PluginFailures.WorkerStopped(""));
                await worker.Ended.ConfigureAwait(false);
            }
        }
    }
}
