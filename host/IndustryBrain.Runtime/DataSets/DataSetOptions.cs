using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.DataSets;

/// <summary>Limits of the data sets of an organization. What plugins write has its limits in <c>Capabilities</c>.</summary>
public sealed class DataSetOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "DataSets";

    /// <summary>Data sets that an organization may have; default 500.</summary>
    [Range(1, 100_000)]
    public int MaxDataSets { get; set; } = 500;

    /// <summary>Size of one uploaded file in bytes; default 100 MB.</summary>
    [Range(1_024L, 1L << 40)]
    public long MaxFileBytes { get; set; } = 100L << 20;

    /// <summary>Size of an uploaded workbook when it is unpacked, in bytes; default 1 GB.</summary>
    [Range(1_024L, 1L << 40)]
    public long MaxUnpackedBytes { get; set; } = 1L << 30;

    /// <summary>Rows of one version; default 1 000 000.</summary>
    [Range(1L, 1_000_000_000L)]
    public long MaxRows { get; set; } = 1_000_000;

    /// <summary>Columns of a data set; default 200.</summary>
    [Range(1, 1_600)]
    public int MaxColumns { get; set; } = 200;

    /// <summary>Versions that are kept of each data set, the newest; default 10.</summary>
    [Range(1, 1_000)]
    public int KeptVersions { get; set; } = 10;

    /// <summary>Rows of one page of the preview; default 50.</summary>
    [Range(1, 1_000)]
    public int PreviewRows { get; set; } = 50;
}
