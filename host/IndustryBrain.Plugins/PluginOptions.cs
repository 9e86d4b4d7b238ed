using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Plugins;

/// <summary>Limits of installing and calling plugins.</summary>
public sealed class PluginOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Plugins";

    /// <summary>Folder that packages are unpacked into, one folder a version.</summary>
    [Required]
    public string Folder { get; set; } = "plugins";

    /// <summary>Size of a package in bytes; default 250 MB.</summary>
    [Range(1L, 4L << 30)]
    public long MaxPackageBytes { get; set; } = 250L << 20;

    /// <summary>Entries of a package; default 10 000.</summary>
    [Range(1, 65_000)]
    public int MaxEntries { get; set; } = 10_000;

    /// <summary>Size of all files of a package together, unpacked, in bytes; default 1 GB.</summary>
    [Range(1L, 16L << 30)]
    public long MaxUnpackedBytes { get; set; } = 1L << 30;

    /// <summary>Unpacked size divided by packed size, of a package and of each of its larger files; default 200.</summary>
    [Range(2, 10_000)]
    public int MaxRatio { get; set; } = 200;

    /// <summary>Ids that are installed although they resemble another plugin's or the platform's own (IB1185); default none.</summary>
    public IList<string> AcceptedNames { get; } = [];

    /// <summary>Size of the input of one call as JSON, in bytes; default 64 MB.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxInputBytes { get; set; } = 64 << 20;

    /// <summary>Time that one call may take; default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Calls of one plugin at a time; more wait. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; set; } = 256;

    /// <summary>Time that a call waits for others of its plugin to end (IB1213); default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ConcurrentCallWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Lines of log and progress of one call within one second; default 10 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxLinesPerSecond { get; set; } = 10_000;

    /// <summary>Time that a component has to obey its cancellation before it is given up; default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CancellationGrace { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time that unloading waits for calls under way; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
