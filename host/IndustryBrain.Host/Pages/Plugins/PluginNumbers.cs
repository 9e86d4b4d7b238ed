using System.Globalization;
using IndustryBrain.Host.Texts;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Usage;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Host.Pages.Plugins;

/// <summary>The figures of a plugin as text.</summary>
internal static class PluginNumbers
{
    private const double Megabyte = 1 << 20;
    private const int Width = 60;
    private const int Height = 20;

    public const string None = "—";

    public static PluginTier TierOf(PluginView plugin) => (plugin.Versions.FirstOrDefault(v => v.Version == plugin.ActiveVersion) ?? plugin.Versions[^1]).Tier;

    public static string Memory(PluginUsage usage) => NumberText.Of(Math.Round(usage.MemoryBytes / Megabyte)) + " MB";

    public static string Calls(PluginUsage? usage) => usage is null ? None : NumberText.Of(usage.RecentCalls);

    public static string FailedShare(PluginUsage? usage) => usage is not { RecentCalls: > 0 } ? None : (100d * usage.RecentFailures / usage.RecentCalls).ToString("0.00", CultureInfo.InvariantCulture);

    public static string Milliseconds(TimeSpan? time) => time is not { } known ? None
        : NumberText.Of(Math.Round(known.TotalMilliseconds, known.TotalMilliseconds < 10 ? 1 : 0));

    /// <summary>The limit that a code speaks of.</summary>
    public static LocalizedText LimitOf(string code) => code switch
    {
        "IB1112" => PageText.LimitTime,
        "IB1114" or "IB1215" => PageText.LimitOutput,
        "IB1115" => PageText.Memory,
        "IB1116" => PageText.LimitLines,
        "IB1210" => PageText.ProcessorTime,
        "IB1211" => PageText.LimitThreads,
        "IB1212" => PageText.LimitLineRate,
        "IB1213" => PageText.LimitCalls,
        _ => PageText.LimitFiles,
    };

    /// <summary>The points of a line over the calls of each minute, in a box of 60 by 20.</summary>
    public static string Line(IReadOnlyList<int> perMinute)
    {
        var most = Math.Max(1, perMinute.Max());
        return string.Join(' ', perMinute.Select((calls, i) => string.Create(CultureInfo.InvariantCulture, $"{(double)Width * i / (perMinute.Count - 1):0.#},{Height - 2 - (Height - 4d) * calls / most:0.#}")));
    }
}
