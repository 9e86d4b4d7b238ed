using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Storage.Postgres;

/// <summary>The PostgreSQL programs that travel with the platform.</summary>
internal sealed partial class PostgresBinaries
{
    /// <summary>Major version of the programs; a cluster of another one cannot be opened by them.</summary>
    internal const int MajorVersion = 18;

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    private PostgresBinaries(string folder) => Folder = folder;

    internal string Folder { get; }

    internal string Initdb => Path.Combine(Folder, "bin", "initdb" + Suffix);

    internal string Postgres => Path.Combine(Folder, "bin", "postgres" + Suffix);

    internal string PgCtl => Path.Combine(Folder, "bin", "pg_ctl" + Suffix);

    internal string Libraries => Path.Combine(Folder, "lib");

    /// <summary>Finds the programs and completes them, as the build does: a folder that was copied by other means may lack links and execute bits.</summary>
    internal static Result<PostgresBinaries> Find(string folder)
    {
        var binaries = new PostgresBinaries(folder);
        if (!File.Exists(binaries.Initdb) || !File.Exists(binaries.Postgres))
        {
            return StorageFailures.NoBinaries(folder);
        }

        if (OperatingSystem.IsWindows())
        {
            return binaries;
        }

        try
        {
            binaries.MakeLinks();
            binaries.MakeExecutable();
            return binaries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StorageFailures.BinariesIncomplete(folder, e.Message);
        }
    }

    private void MakeLinks()
    {
        var list = Path.Combine(Folder, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        foreach (var link in JsonSerializer.Deserialize(File.ReadAllBytes(list), LinkJson.Default.LinkArray) ?? [])
        {
            // The list names paths from the package's root: native/lib/libpq.so.5.
            var target = Path.Combine(Folder, link.Target["native/".Length..]);
            var source = Path.Combine(Folder, link.Source["native/".Length..]);
            if (File.Exists(target) || !File.Exists(source))
            {
                continue;
            }

            try
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another host that starts from the same folder was faster.
            }
        }
    }

    private void MakeExecutable()
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (var program in new[] { Initdb, Postgres, PgCtl })
        {
            if (!OperatingSystem.IsWindows() && File.Exists(program) && (File.GetUnixFileMode(program) & UnixFileMode.UserExecute) == 0)
            {
                File.SetUnixFileMode(program, File.GetUnixFileMode(program) | Execute);
            }
        }
    }

    internal sealed record Link(string Source, string Target);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Link[]))]
    private sealed partial class LinkJson : JsonSerializerContext;
}
