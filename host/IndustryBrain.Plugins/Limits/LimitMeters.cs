using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Limits;

/// <summary>Counts calls that exceeded a limit.</summary>
internal static class LimitMeters
{
    // Time, output, memory, log, processor, threads, log rate, calls at a time, files, values, room.
    private static readonly FrozenSet<string> Codes = FrozenSet.ToFrozenSet(["IB1112", "IB1114", "IB1115", "IB1116", "IB1210", "IB1211", "IB1212", "IB1213", "IB1214", "IB1215", "IB1041"], StringComparer.Ordinal);
    private static readonly Meter Meter = new(CapabilityMeters.Name);
    private static readonly Counter<long> Exceeded = Meter.CreateCounter<long>("industrybrain.plugin.limits.exceeded", "{call}", "Calls that ended because they exceeded a limit.");

    /// <summary>True for the code of a limit.</summary>
    public static bool IsLimit(Failure? failure) => failure is not null && Codes.Contains(failure.Code);

    public static void Record(InstalledPlugin plugin, Failure? failure)
    {
        if (IsLimit(failure))
        {
            Exceeded.Add(1, new("plugin.id", plugin.Manifest.Id), new("plugin.version", plugin.Manifest.Version), new KeyValuePair<string, object?>("code", failure!.Code));
        }
    }
}
