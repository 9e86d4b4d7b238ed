using System.Runtime.InteropServices;

namespace IndustryBrain.Expressions;

/// <summary>The processor time of one thread, as Linux counts it.</summary>
internal readonly struct ThreadTime
{
    private const int OwnThread = 3; // CLOCK_THREAD_CPUTIME_ID

    private readonly int _clock;

    private ThreadTime(int clock) => _clock = clock;

    /// <summary>Of the thread that asks, whoever reads it; null where the system does not tell.</summary>
    public static ThreadTime? OfThisThread() => IsTold && ClockOf(ThisThread(), out var clock) == 0 ? new(clock) : null;

    /// <summary>What the thread that asks has used so far; null where the system does not tell.</summary>
    public static TimeSpan? Own() => IsTold ? new ThreadTime(OwnThread).Read() : null;

    private static bool IsTold => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>What it has used so far; null when it has ended.</summary>
    public TimeSpan? Read() => Read(_clock, out var now) == 0 ? now.ToTimeSpan() : null;

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
