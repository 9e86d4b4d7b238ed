using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Storage;

/// <summary>Where the embedded PostgreSQL keeps its data and how it runs; section <c>Data</c> of the configuration.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Data";

    /// <summary>The data folder, on the command line also <c>--data</c>. Default: <c>IndustryBrain</c> in the user's application-data folder.</summary>
    public string? Folder { get; set; }

    /// <summary>Folder of the PostgreSQL binaries (<c>bin</c>, <c>lib</c>, <c>share</c>). Default: <c>postgres</c> beside the program.</summary>
    public string? Binaries { get; set; }

    /// <summary>False trades durability for speed: for tests only. Default true.</summary>
    public bool Durable { get; set; } = true;

    /// <summary>Whether root may be given up through a user namespace; false goes straight to an unprivileged account. Default true.</summary>
    public bool AllowUserNamespace { get; set; } = true;

    /// <summary>Seconds that a start may take, recovery after a crash included. Default 60.</summary>
    [Range(1, 3600)]
    public int StartTimeoutSeconds { get; set; } = 60;

    /// <summary>Seconds that a stop may take before the server is stopped at once (it then recovers at the next start). Default 20.</summary>
    [Range(1, 600)]
    public int StopTimeoutSeconds { get; set; } = 20;

    /// <summary>Connections the embedded server accepts. Default 100.</summary>
    [Range(20, 1000)]
    public int MaxConnections { get; set; } = 100;

    /// <summary>Shared memory of the embedded server, in megabytes. Default 64.</summary>
    [Range(16, 65536)]
    public int SharedBuffersMegabytes { get; set; } = 64;

    /// <summary>Free space in the data folder below which the embedded server is not started, in megabytes. Default 64; a first start needs 128 more.</summary>
    [Range(0, 1048576)]
    public int MinimumFreeMegabytes { get; set; } = 64;

    /// <summary>Full path of the data folder.</summary>
    public string FolderOrDefault() => Path.GetFullPath(string.IsNullOrWhiteSpace(Folder)
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "IndustryBrain")
        : Folder);

    internal string BinariesOrDefault() => Path.GetFullPath(string.IsNullOrWhiteSpace(Binaries) ? Path.Combine(AppContext.BaseDirectory, "postgres") : Binaries);
}
