using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Retention;

/// <summary>How long finished runs are kept, and where; section <c>Retention</c> of the configuration.</summary>
public sealed class RetentionOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Retention";

    /// <summary>Days after its end after which a run goes into the archive, from where it is opened and exported but not listed among the others; 0 for never. Default 180.</summary>
    [Range(0, 36_500)]
    public int ArchiveDays { get; set; } = 180;

    /// <summary>Days after the end of a run after which what the archive has of it is deleted, but for who ran what, when and with which digest; 0 for never. Default 0.</summary>
    [Range(0, 36_500)]
    public int DeleteDays { get; set; }

    /// <summary>Runs that one transaction archives or deletes. Default 50.</summary>
    [Range(1, 10_000)]
    public int BatchRuns { get; set; } = 50;

    /// <summary>Bytes of recorded events of a run up to which it is archived; a larger one stays where it is. Default 268 435 456.</summary>
    [Range(1_048_576, 1_073_741_824)]
    public int MaxRunBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Minutes between two looks for runs to archive or delete. Default 60.</summary>
    [Range(1, 10_080)]
    public int LookMinutes { get; set; } = 60;

    /// <summary>Milliseconds between two transactions of one look. Default 200.</summary>
    [Range(0, 60_000)]
    public int PauseMilliseconds { get; set; } = 200;
}
