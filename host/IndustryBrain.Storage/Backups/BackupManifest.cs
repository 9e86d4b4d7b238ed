using System.Text.Json.Serialization;

namespace IndustryBrain.Storage.Backups;

/// <summary>What a part of a backup holds.</summary>
internal enum PartKind
{
    /// <summary>Who made it and when: the first part.</summary>
    Info,

    /// <summary>A file of a kept folder.</summary>
    File,

    /// <summary>How the database is laid out.</summary>
    Schema,

    /// <summary>The rows of a table, in PostgreSQL's binary copy format.</summary>
    Table,

    /// <summary>What all parts have to be: the last part.</summary>
    Manifest,
}

/// <summary>What stands before a part.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">Name of the table, or folder and path of the file.</param>
/// <param name="Mode">Unix mode of a file; null elsewhere.</param>
internal sealed record PartHead(PartKind Kind, string Name, int? Mode = null);

/// <summary>A part as it was written or read.</summary>
internal sealed record PartSum(PartKind Kind, string Name, long Bytes, string Sha256, long? Rows = null);

/// <summary>Where the audit chain of an organization stood.</summary>
public sealed record BackupChain(string Organization, long Seq, string Link);

/// <summary>Who made a backup, when, and of what.</summary>
/// <param name="Program">Version of the program.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Postgres">Version of the server.</param>
/// <param name="Schema">Version of each room's schema.</param>
public sealed record BackupInfo(string Program, DateTimeOffset MadeAt, string Postgres, IReadOnlyDictionary<string, int> Schema);

/// <summary>The last part of a backup: what all the others are.</summary>
internal sealed record BackupManifest(IReadOnlyList<PartSum> Parts, IReadOnlyList<BackupChain> Chains);

/// <summary>What a backup holds, as it was made, checked or restored.</summary>
/// <param name="Info">Who made it and when.</param>
/// <param name="Tables">How many tables.</param>
/// <param name="Rows">How many rows they have.</param>
/// <param name="Files">How many files of the kept folders.</param>
/// <param name="Bytes">Content, before it was compressed.</param>
/// <param name="Chains">Where the audit chains stood.</param>
public sealed record BackupSummary(BackupInfo Info, int Tables, long Rows, int Files, long Bytes, IReadOnlyList<BackupChain> Chains)
{
    internal static BackupSummary Of(BackupInfo info, BackupManifest manifest) => new(
        info, manifest.Parts.Count(p => p.Kind == PartKind.Table), manifest.Parts.Sum(p => p.Rows ?? 0), manifest.Parts.Count(p => p.Kind == PartKind.File), manifest.Parts.Sum(p => p.Bytes), manifest.Chains);
}

/// <summary>How far a backup or restore is.</summary>
/// <param name="Part">Table or file under way.</param>
/// <param name="Bytes">Content so far.</param>
public sealed record BackupProgress(string Part, long Bytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PartHead))]
[JsonSerializable(typeof(BackupInfo))]
[JsonSerializable(typeof(SchemaScript))]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
