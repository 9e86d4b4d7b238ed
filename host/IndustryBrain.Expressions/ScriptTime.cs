using System.Diagnostics;

namespace IndustryBrain.Expressions;

/// <summary>
/// Ends an evaluation that has used up its time: that of the processor where the system tells it, so that a busy machine or a pause of the
/// process ends nobody's script, else that of the clock.
/// </summary>
internal sealed class ScriptTime : IDisposable
{
    /// <summary>How many times its limit an evaluation may last by the clock: whoever waits for a processor that long waits for nothing.</summary>
    public const int MostWaiting = 50;

    /// <summary>Time after which an evaluation is looked at first, which counts as used: what ends sooner costs no look.</summary>
    public static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ends;
    private readonly TimeSpan _limit;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ThreadTime? _processor = ThreadTime.OfThisThread();
    private TimeSpan? _before;
    private readonly Timer _timer;
    private bool _isOver;

    /// <summary>Begins to count for what this thread evaluates.</summary>
    public ScriptTime(int milliseconds, CancellationToken ct)
    {
        _limit = TimeSpan.FromMilliseconds(milliseconds);
        _ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Token = _ends.Token;
        _timer = new(static state => ((ScriptTime)state!).Look(), this, FirstLook, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time is used up, or by who asked.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        lock (_gate)
            _isOver = true;
        _timer.Dispose();
        _ends.Dispose();
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            var lasted = Stopwatch.GetElapsedTime(_began);
            _before ??= _processor?.Read() - FirstLook;
            var used = _processor?.Read() - _before ?? lasted;
            if (used < _limit && lasted < _limit * MostWaiting)
                _timer.Change(_limit - used + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            else
                _ends.Cancel();
        }
    }
}
