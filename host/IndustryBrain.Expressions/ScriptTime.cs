using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IndustryBrain.Expressions;

/// <summary>
/// Ends an evaluation that has used up its time: that of the processor where the system tells it, so that a busy machine or a pause of the
/// process ends nobody's script, else that of the clock.
/// </summary>
internal sealed class ScriptTime : IDisposable
{
    /// <summary>How many times its limit an evaluation may last by the clock: whoever waits for a processor that long waits for nothing.</summary>
    public const int MostWaiting = 50;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ends;
    private readonly TimeSpan _limit;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ThreadProcessorTime? _processor = ThreadProcessorTime.OfThisThread();
    private readonly Timer _timer;
    private bool _isOver;

    /// <summary>Begins to count for what this thread evaluates.</summary>
    public ScriptTime(int milliseconds, CancellationToken ct = default)
    {
        _limit = TimeSpan.FromMilliseconds(milliseconds);
        _ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Token = _ends.Token;
        _timer = new(static state => ((ScriptTime)state!).Look(), this, _limit, Timeout.InfiniteTimeSpan);
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
            if (_processor?.Used() is { } used && used < _limit && Stopwatch.GetElapsedTime(_began) < _limit * MostWaiting)
                _timer.Change(_limit - used + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            else
                _ends.Cancel();
        }
    }

    /// <summary>The processor time of one thread since it was asked for, as Linux counts it.</summary>
    private sealed class ThreadProcessorTime
    {
        private readonly int _clock;
        private TimeSpan _before;

        private ThreadProcessorTime(int clock) => _clock = clock;

        public static ThreadProcessorTime? OfThisThread()
        {
            if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || ClockOf(ThisThread(), out var clock) != 0)
                return null;
            var time = new ThreadProcessorTime(clock);
            if (time.Used() is not { } before)
                return null;
            time._before = before;
            return time;
        }

        public TimeSpan? Used() => Read(_clock, out var now) == 0 ? now.ToTimeSpan() - _before : null;

        [DllImport("libc", EntryPoint = "pthread_self")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern nuint ThisThread();

        [DllImport("libc", EntryPoint = "pthread_getcpuclockid")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int ClockOf(nuint thread, out int clock);

        [DllImport("libc", EntryPoint = "clock_gettime")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Read(int clock, out Instant time);

        [StructLayout(LayoutKind.Sequential)]
        private readonly struct Instant
        {
            private readonly long _seconds;
            private readonly long _nanoseconds;

            public TimeSpan ToTimeSpan() => TimeSpan.FromSeconds(_seconds) + TimeSpan.FromTicks(_nanoseconds / TimeSpan.NanosecondsPerTick);
        }
    }
}
