using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Storage;

/// <summary>Limits of stored files; section <c>Files</c> of the configuration.</summary>
public sealed class FileStoreOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Files";

    /// <summary>Largest file, in bytes. Default 200 MB (209,715,200).</summary>
    [Range(1, long.MaxValue)]
    public long MaxBytes { get; set; } = 200L * 1024 * 1024;
}
