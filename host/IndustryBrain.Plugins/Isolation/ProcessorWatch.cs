using IndustryBrain.Plugins.Calls;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Plugins.Usage;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>
/// Looks now and then at what the processes take that have been called. Within a process nobody can tell whose a moment of processor time is, so it is shared equally among the calls that were
/// open at both looks; what was spent before the first look counts for nobody. A call that has used up its time is asked to end, as one that takes too long is. Threads and memory belong to the process: too many, or none left, end it.
/// Between calls a process has nothing to do: one that goes on all the same is ended too.
/// </summary>
internal sealed class ProcessorWatch(TimeProvider time, TimeSpan every, TimeSpan idleTime) : IDisposable
{
    // How much rarer than the others processes without calls are looked at.
    private const int IdleFactor = 8;
    private readonly Lock _gate = new();
    private readonly Dictionary<WorkerProcess, Watched> _processes = [];
    private readonly TimeSpan _everyIdle = every * IdleFactor;
    private ITimer? _rounds;
    private TimeSpan _pace = Timeout.InfiniteTimeSpan;
    private long _lookedAtAll;
    private int _looking;

    /// <summary>Watches a call until what is returned is disposed.</summary>
    public IDisposable Begin(WorkerProcess worker, CallGuard guard)
    {
        var call = new Call(this, worker, guard);
        lock (_gate)
        {
            if (!_processes.TryGetValue(worker, out var watched))
            {
                _processes[worker] = watched = new() { Limits = guard.Limits };
            }

            if (watched.Calls.Count == 0)
            {
                (watched.Time, watched.IdleSpent) = (null, TimeSpan.Zero);
            }

            watched.Calls.Add(call);
            watched.Limits = guard.Limits;
            Pace(every);
        }

        return call;
    }

    public void Dispose() => _rounds?.Dispose();

    private void End(Call call)
    {
        lock (_gate)
        {
            if (_processes.TryGetValue(call.Worker, out var watched) && watched.Calls.Remove(call) && watched.Calls.Count == 0)
            {
                watched.Time = null;
            }
        }
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _looking, 1) != 0)
        {
            return;
        }

        try
        {
            List<WorkerProcess> workers;
            lock (_gate)
            {
                foreach (var gone in _processes.Keys.Where(w => w.Ended.IsCompleted).ToList())
                {
                    _processes.Remove(gone);
                }

                var all = _pace == _everyIdle || time.GetElapsedTime(_lookedAtAll) >= _everyIdle;
                workers = [.. _processes.Where(p => all || p.Value.Calls.Count > 0).Select(p => p.Key)];
                _lookedAtAll = all ? time.GetTimestamp() : _lookedAtAll;
                Pace(_processes.Count == 0 ? Timeout.InfiniteTimeSpan : _processes.Values.Any(p => p.Calls.Count > 0) ? every : _everyIdle);
            }

            foreach (var worker in workers)
            {
                Look(worker, ProcessUse.Of([worker.ProcessId]));
            }
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }

    // Each look wakes threads, however little it finds. Calls come and go more often than looks: the timer is set when a look finds none, and at the first after that.
    private void Pace(TimeSpan wanted)
    {
        if (_pace == wanted)
        {
            return;
        }

        _pace = wanted;
        if (_rounds is null)
        {
            _rounds = time.CreateTimer(_ => Look(), null, wanted, wanted);
        }
        else
        {
            _rounds.Change(wanted, wanted);
        }
    }

    private void Look(WorkerProcess worker, ProcessFigures now)
    {
        List<Call> spent = [];
        int allowedThreads;
        var isIdle = false;
        lock (_gate)
        {
            if (!_processes.TryGetValue(worker, out var watched))
            {
                return;
            }

            var before = watched.Calls.Where(c => c.WasSeen).ToList();
            if (watched.Time is { } last && before.Count > 0 && now.Time > last)
            {
                var share = (now.Time - last) / before.Count;
                foreach (var call in before)
                {
                    call.Spent += share;
                    if (call.Guard.Limits.ProcessorTime > TimeSpan.Zero && call.Spent > call.Guard.Limits.ProcessorTime)
                    {
                        spent.Add(call);
                    }
                }
            }

            if (watched.Calls.Count == 0 && watched.Time is { } earlier)
            {
                watched.IdleSpent += now.Time - earlier;
                isIdle = idleTime > TimeSpan.Zero && watched.IdleSpent > idleTime;
            }

            watched.Time = now.Time;
            watched.Calls.ForEach(c => (c.WasSeen, c.IsShared) = (true, c.IsShared || watched.Calls.Count > 1));
            allowedThreads = watched.Limits.Worker.MaxThreads;
        }

        foreach (var call in spent)
        {
            call.Guard.Exceed(PluginFailures.ProcessorTimeSpent(call.Guard.ComponentId, call.Guard.Limits.ProcessorTime, call.IsShared));
        }

        if (isIdle)
        {
            worker.Kill(PluginFailures.BusyBetweenCalls(worker.Plugin?.Manifest.Id ?? "", idleTime));
        }

        worker.Fills(now.HeldBytes, now.DataBytes);
        if (now.Threads > allowedThreads)
        {
            worker.Kill(PluginFailures.TooManyThreads(worker.Plugin?.Manifest.Id ?? "", allowedThreads));
        }
    }

    private sealed class Watched
    {
        public List<Call> Calls { get; } = [];

        public TimeSpan? Time { get; set; }

        /// <summary>Processor time since the last call.</summary>
        public TimeSpan IdleSpent { get; set; }

        /// <summary>Of the last call that began: all calls of a process have the same.</summary>
        public required CallLimits Limits { get; set; }
    }

    private sealed class Call(ProcessorWatch watch, WorkerProcess worker, CallGuard guard) : IDisposable
    {
        public WorkerProcess Worker => worker;

        public CallGuard Guard => guard;

        public TimeSpan Spent { get; set; }

        public bool WasSeen { get; set; }

        public bool IsShared { get; set; }

        public void Dispose() => watch.End(this);
    }
}
