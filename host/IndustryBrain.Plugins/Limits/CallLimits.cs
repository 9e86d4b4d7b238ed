using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Plugins.Limits;

/// <summary>The limits of a call as they hold for one plugin.</summary>
/// <param name="CallTimeout">Time that it may take.</param>
/// <param name="ProcessorTime">Processor time that it may take; zero for no limit.</param>
/// <param name="ConcurrentCalls">Calls of the plugin at a time.</param>
/// <param name="LinesPerSecond">Lines of log and progress within one second.</param>
/// <param name="Worker">Limits of its process.</param>
/// <param name="ProcessKey">Tells processes with other limits apart; empty for those of the options.</param>
internal sealed record CallLimits(TimeSpan CallTimeout, TimeSpan ProcessorTime, int ConcurrentCalls, int LinesPerSecond, WorkerOptions Worker, string ProcessKey)
{
    private const int Megabyte = 1 << 20;

    public static CallLimits Of(PluginOptions calls, WorkerOptions workers, PluginLimits own)
    {
        var worker = workers.With(
            own.MemoryMegabytes is { } memory ? (long)memory * Megabyte : null,
            own.OutputMegabytes is { } output ? (int)Math.Min((long)output * Megabyte, int.MaxValue) : null,
            own.LogLines,
            own.Threads,
            own.OpenFiles);
        var isOwn = own is not { MemoryMegabytes: null, OutputMegabytes: null, LogLines: null, Threads: null, OpenFiles: null };
        return new(
            own.CallSeconds is { } time ? TimeSpan.FromSeconds(time) : calls.CallTimeout,
            own.ProcessorSeconds is { } spent ? TimeSpan.FromSeconds(spent) : workers.CallProcessorTime,
            own.ConcurrentCalls ?? calls.MaxConcurrentCalls,
            own.LogLinesPerSecond ?? calls.MaxLinesPerSecond,
            worker,
            isOwn ? FormattableString.Invariant($"{worker.MemoryBytes} {worker.MaxOutputBytes} {worker.MaxMessages} {worker.MaxThreads} {worker.MaxOpenFiles}") : "");
    }

    /// <summary>As an administrator would write them down.</summary>
    public PluginLimits Shown() => new(
        (int)(Worker.MemoryBytes / Megabyte), ProcessorTime > TimeSpan.Zero ? ProcessorTime.TotalSeconds : null, CallTimeout.TotalSeconds, ConcurrentCalls,
        Math.Max(1, Worker.MaxOutputBytes / Megabyte), Worker.MaxMessages, LinesPerSecond, Worker.MaxThreads, Worker.MaxOpenFiles);
}
