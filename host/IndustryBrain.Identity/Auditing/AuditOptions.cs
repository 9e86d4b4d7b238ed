using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Identity.Auditing;

/// <summary>How the audit trail is sealed; section <c>Audit</c> of the configuration.</summary>
public sealed class AuditOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>Folder of the key and of the checkpoints outside the database, relative to the data folder or absolute. Default <c>audit</c>. Hosts on one database share the key file.</summary>
    public string Folder { get; set; } = "audit";

    /// <summary>Milliseconds between two looks for new records. Default 1000.</summary>
    [Range(50, 60_000)]
    public int SealMilliseconds { get; set; } = 1000;

    /// <summary>Records that one transaction seals at most. Default 1000.</summary>
    [Range(1, 100_000)]
    public int MaxSealed { get; set; } = 1000;

    /// <summary>Minutes that the transaction of a record may take to commit: what appears later is not sealed, and named by the verification. Default 15.</summary>
    [Range(1, 1440)]
    public int LateMinutes { get; set; } = 15;

    /// <summary>Seconds between two signed checkpoints of a chain that grows. Default 300.</summary>
    [Range(1, 86_400)]
    public int CheckpointSeconds { get; set; } = 300;

    /// <summary>Records between two signed checkpoints of a chain. Default 10 000.</summary>
    [Range(1, 1_000_000)]
    public int CheckpointRecords { get; set; } = 10_000;

    /// <summary>Days that records stay in the database at least; whole months that are older leave for signed files. No fewer than 184: the law asks for six months. Default 400.</summary>
    [Range(184, 36_500)]
    public int RetentionDays { get; set; } = 400;

    /// <summary>Minutes between two looks for months that may leave. Default 360.</summary>
    [Range(1, 43_200)]
    public int ArchiveMinutes { get; set; } = 360;
}
