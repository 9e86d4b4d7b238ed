namespace IndustryBrain.Storage.Backups;

/// <summary>Backups that a host makes by itself; section <c>Backup</c> of the configuration.</summary>
public sealed class BackupOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Backup";

    /// <summary>Folder that they are written to, relative to the data folder or absolute. Default <c>backups</c>.</summary>
    public string Folder { get; set; } = "backups";

    /// <summary>File with the passphrase that they are encrypted with, readable by the host's account alone. Default none.</summary>
    public string? KeyFile { get; set; }

    /// <summary>True makes a backup before a start changes the schema of a database that has data; without one the start ends. Default false.</summary>
    public bool BeforeUpgrade { get; set; }
}
