using System.Diagnostics.Metrics;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>The meter of what plugins use through the host.</summary>
internal static class CapabilityMeters
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "IndustryBrain.Plugins";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("industrybrain.plugin.capability.requests", "{request}", "Requests of plugins to the host.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("industrybrain.plugin.capability.bytes", "By", "Bytes of these requests and their answers.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("industrybrain.plugin.capability.duration", "s", "Time that the host took to answer.");

    public static void Record(InstalledPlugin plugin, string capability, string operation, string outcome, long sent, long received, TimeSpan duration)
    {
        var tags = new System.Diagnostics.TagList
        {
            { "plugin.id", plugin.Manifest.Id },
            { "plugin.version", plugin.Manifest.Version },
            { "capability", capability },
            { "operation", operation },
            { "outcome", outcome },
        };
        Requests.Add(1, tags);
        Duration.Record(duration.TotalSeconds, tags);
        if (sent + received > 0)
        {
            Bytes.Add(sent + received, tags);
        }
    }
}
