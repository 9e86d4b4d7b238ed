using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>Limits of what plugins use through the host. Where a grant names a size, that holds instead.</summary>
public sealed class CapabilityOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Capabilities";

    /// <summary>Folder that the folders of plugins are kept in; empty where there are none.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Requests to the host that one call may make; default 10 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxRequests { get; set; } = 10_000;

    /// <summary>Time for one HTTP request with its redirects; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan HttpTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time to connect to a host; default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan HttpConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Size of one HTTP response, decompressed, in bytes; default 10 MB.</summary>
    [Range(1_024L, 64L << 20)]
    public long MaxHttpBytes { get; set; } = 10L << 20;

    /// <summary>Redirects that are followed; default 5.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Size of all files that one call saves for its run, in bytes; default 250 MB.</summary>
    [Range(0L, 1L << 40)]
    public long SavedFileBytes { get; set; } = 250L << 20;

    /// <summary>Size of a plugin's folder for one organization, in bytes; default 100 MB.</summary>
    [Range(0L, 1L << 40)]
    public long FolderBytes { get; set; } = 100L << 20;

    /// <summary>Files in a plugin's folder; default 10 000.</summary>
    [Range(1, 1_000_000)]
    public int FolderFiles { get; set; } = 10_000;

    /// <summary>Questions to knowledge that may stand behind one question: a component that is asked may ask another; default 4.</summary>
    [Range(1, 16)]
    public int MaxKnowledgeDepth { get; set; } = 4;

    /// <summary>Size of one answer of knowledge to a plugin, in bytes; default 4 MB.</summary>
    [Range(1_024, 64 << 20)]
    public int MaxKnowledgeBytes { get; set; } = 4 << 20;

    /// <summary>Size of what one event of a plugin carries, as JSON in bytes; default 256 KB.</summary>
    [Range(0, 16 << 20)]
    public int MaxEventBytes { get; set; } = 256 << 10;

    /// <summary>Size of one data set that plugins write to, in bytes; default 100 MB.</summary>
    [Range(1_024L, 1L << 40)]
    public long MaxDataSetBytes { get; set; } = 100L << 20;

    /// <summary>Rows that a plugin writes to a data set at a time; default 10 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxDataSetRows { get; set; } = 10_000;

    /// <summary>Rows of a data set that are given at a time; default 1 000.</summary>
    [Range(1, 100_000)]
    public int MaxDataSetPageRows { get; set; } = 1_000;

    /// <summary>Size of the rows of a data set that are given at a time, as JSON in bytes, but one row at least; default 4 MB.</summary>
    [Range(1_024, 64 << 20)]
    public int MaxDataSetPageBytes { get; set; } = 4 << 20;

    /// <summary>Time zone that plugins are told, by its IANA name; empty for the machine's.</summary>
    public string TimeZone { get; set; } = "";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TimeZone.Length == 0 || TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _) ? [] : [new($"{nameof(TimeZone)} '{TimeZone}' is no time zone.", [nameof(TimeZone)])];
}
