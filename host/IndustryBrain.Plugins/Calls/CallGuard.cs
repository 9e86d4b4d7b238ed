using IndustryBrain.Plugins.Limits;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Calls;

/// <summary>Watches over the limits of one call, and asks it to end at the first that it exceeds.</summary>
internal sealed class CallGuard : IDisposable
{
    private const int Second = 1_000;
    private readonly string _componentId;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopped;
    private readonly ITimer _deadline;
    private readonly Lock _gate = new();
    private readonly long _began;
    private Failure? _exceeded;
    private int _lines;
    private long _second = -1;
    private int _linesOfSecond;

    public CallGuard(string componentId, CallLimits limits, TimeProvider time, CancellationToken ct)
    {
        (_componentId, Limits, _time, _began) = (componentId, limits, time, time.GetTimestamp());
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Token = _stopped.Token;
        _deadline = time.CreateTimer(static s => ((CallGuard)s!).OutOfTime(), this, limits.CallTimeout, Timeout.InfiniteTimeSpan);
    }

    public string ComponentId => _componentId;

    public CallLimits Limits { get; }

    /// <summary>Cancelled when the caller gives up, or a limit is exceeded.</summary>
    public CancellationToken Token { get; }

    /// <summary>The limit that was exceeded; null when none was.</summary>
    public Failure? Exceeded => Volatile.Read(ref _exceeded);

    /// <summary>Counts the time of the call from now on: what it waited for until here was not its own.</summary>
    public void Restart() => _deadline.Change(Limits.CallTimeout, Timeout.InfiniteTimeSpan);

    /// <summary>Asks the call to end; the first reason counts.</summary>
    public void Exceed(Failure why)
    {
        if (Interlocked.CompareExchange(ref _exceeded, why, null) is null)
        {
            try
            {
                // Not on this thread, which may be the one that reads what a worker says.
                _ = _stopped.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // The call ended in that moment.
            }
        }
    }

    /// <summary>Counts a line of log or progress; false when it was one too many.</summary>
    public bool Hear()
    {
        Failure? why;
        lock (_gate)
        {
            var second = (long)_time.GetElapsedTime(_began).TotalMilliseconds / Second;
            _linesOfSecond = second == _second ? _linesOfSecond + 1 : 1;
            _second = second;
            why = ++_lines > Limits.Worker.MaxMessages ? PluginFailures.TooManyMessages(_componentId, Limits.Worker.MaxMessages)
                : _linesOfSecond > Limits.LinesPerSecond ? PluginFailures.LogsTooFast(_componentId, Limits.LinesPerSecond)
                : null;
        }

        if (why is not null)
        {
            Exceed(why);
        }

        return why is null;
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _stopped.Dispose();
    }

    private void OutOfTime() => Exceed(PluginFailures.TimedOut(_componentId, Limits.CallTimeout));
}
