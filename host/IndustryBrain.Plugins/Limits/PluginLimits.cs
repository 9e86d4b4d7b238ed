using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Limits;

/// <summary>What an administrator allows one installed plugin; what is null stays as the options of the host say.</summary>
/// <param name="MemoryMegabytes">Memory of one of its processes; isolated plugins only.</param>
/// <param name="ProcessorSeconds">Processor time of one call; isolated plugins only.</param>
/// <param name="CallSeconds">Time that one call may take.</param>
/// <param name="ConcurrentCalls">Calls at a time on one node; more wait.</param>
/// <param name="OutputMegabytes">Size of the output of one call.</param>
/// <param name="LogLines">Lines of log and progress of one call.</param>
/// <param name="LogLinesPerSecond">Lines of log and progress of one call within one second.</param>
/// <param name="Threads">Threads of one of its processes; isolated plugins only.</param>
/// <param name="OpenFiles">Files that one of its processes may have open; jailed plugins only.</param>
public sealed record PluginLimits(
    [property: Label("内存", "Memory"), Unit("MB"), Range(128, 65_536)] int? MemoryMegabytes = null,
    [property: Label("每次调用的处理器时间", "Processor time of a call"), Unit("s"), Range(0.1, 86_400)] double? ProcessorSeconds = null,
    [property: Label("每次调用的时长", "Time of a call"), Unit("s"), Range(0.1, 86_400)] double? CallSeconds = null,
    [property: Label("同时调用数", "Calls at a time"), Range(1, 10_000)] int? ConcurrentCalls = null,
    [property: Label("输出大小", "Size of the output"), Unit("MB"), Range(1, 1_024)] int? OutputMegabytes = null,
    [property: Label("每次调用的日志行数", "Log lines of a call"), Range(1, 10_000_000)] int? LogLines = null,
    [property: Label("每秒日志行数", "Log lines a second"), Range(1, 1_000_000)] int? LogLinesPerSecond = null,
    [property: Label("线程数", "Threads"), Range(32, 100_000)] int? Threads = null,
    [property: Label("打开文件数", "Open files"), Range(192, 65_536)] int? OpenFiles = null)
{
    /// <summary>Nothing but what the options say.</summary>
    public static PluginLimits None { get; } = new();
}
