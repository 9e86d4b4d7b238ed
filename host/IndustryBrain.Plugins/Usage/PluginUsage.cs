using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Usage;

/// <summary>What a version of a plugin has done in this process, and what it takes of it now.</summary>
/// <param name="Calls">Calls since the host started.</param>
/// <param name="Failures">Those that ended with a failure.</param>
/// <param name="PerMinute">Calls of each of the last 15 minutes, the present one last.</param>
/// <param name="RecentCalls">Calls of these minutes.</param>
/// <param name="RecentFailures">Failures of these minutes.</param>
/// <param name="P50">Half of the last calls took no longer; null without calls.</param>
/// <param name="P95">95 % of the last calls took no longer; null without calls.</param>
/// <param name="Processes">Processes of its own.</param>
/// <param name="MemoryBytes">Resident memory of these processes.</param>
/// <param name="ProcessorTime">Processor time of these processes since they started.</param>
/// <param name="Lines">The last lines that it logged in calls of the organization that asks, the newest last.</param>
public sealed record PluginUsage(
    long Calls,
    long Failures,
    IReadOnlyList<int> PerMinute,
    int RecentCalls,
    int RecentFailures,
    TimeSpan? P50,
    TimeSpan? P95,
    int Processes,
    long MemoryBytes,
    TimeSpan ProcessorTime,
    IReadOnlyList<PluginLogLine> Lines)
{
    /// <summary>Calls since the host started that ended because they exceeded a limit, by its code.</summary>
    public IReadOnlyDictionary<string, long> Exceeded { get; init; } = new Dictionary<string, long>();
}

/// <summary>One line in the log of a plugin; secrets are taken out.</summary>
/// <param name="At">When.</param>
/// <param name="Level">How grave.</param>
/// <param name="Component">The component that wrote it, or failed.</param>
/// <param name="Message">The line; of a failure its code and message, of an exception its kind and message.</param>
/// <param name="Where">File and line of the plugin's source, where it was built for debugging and carries its symbols; else null.</param>
public sealed record PluginLogLine(DateTimeOffset At, ComponentLogLevel Level, string Component, LocalizedText Message, string? Where = null);
