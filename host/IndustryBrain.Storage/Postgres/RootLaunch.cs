using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Storage.Postgres;

/// <summary>PostgreSQL refuses to run as root. A user namespace in which root is nobody keeps root's reach over its own files; where the kernel
/// forbids it, an unprivileged account runs the server, with programs and data where that account can go.</summary>
internal static class RootLaunch
{
    private static readonly string[] Namespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"];
    private static readonly string[] Accounts = ["industrybrain", "postgres", "nobody"];
    private const string ReachableRoot = "/var/lib/industrybrain";
    private const string UsualFolders = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    internal static async Task<Result<Launch>> FindAsync(string folder, PostgresBinaries binaries, bool allowNamespace, CancellationToken ct)
    {
        // With an empty environment nothing says where unshare, setpriv and chown stand.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PATH")))
        {
            Environment.SetEnvironmentVariable("PATH", UsualFolders);
        }

        // A cluster once made by an account stays with it: its files are not root's.
        var place = File.Exists(Pointer(folder)) ? (await File.ReadAllTextAsync(Pointer(folder), ct)).Trim() : null;
        if (place is null && allowNamespace && await SucceedsAsync([.. Namespace, "test", "-w", folder], ct))
        {
            return new Launch(Namespace, folder, binaries, null);
        }

        if (await FindAccountAsync(ct) is not { } account)
        {
            return StorageFailures.CannotDropRoot(folder, string.Join(", ", Accounts));
        }

        string[] prefix = ["setpriv", $"--reuid={account.User}", $"--regid={account.Group}", "--clear-groups", "--"];
        if (!await SucceedsAsync([.. prefix, "true"], ct))
        {
            return StorageFailures.CannotDropRoot(folder, "setpriv");
        }

        try
        {
            var reachable = await ReachableBinariesAsync(prefix, binaries, ct);
            place ??= Path.Combine(ReachableRoot, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16]);
            MakeTraversable(ReachableRoot);
            var launch = new Launch(prefix, place, reachable, $"{account.User}:{account.Group}");
            if (!Directory.Exists(place) && !OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                await launch.OwnAsync(ct, place);
            }

            await File.WriteAllTextAsync(Pointer(folder), place + "\n", ct);
            return await SucceedsAsync([.. prefix, "test", "-w", place], ct) ? launch : StorageFailures.CannotDropRoot(place, "test -w");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StorageFailures.CannotDropRoot(folder, e.Message);
        }
    }

    /// <summary>Folder that holds the cluster of a data folder.</summary>
    internal static string PlaceOf(string folder) => File.Exists(Pointer(folder)) ? File.ReadAllText(Pointer(folder)).Trim() : folder;

    private static string Pointer(string folder) => Path.Combine(folder, "postgres.place");

    private static async Task<PostgresBinaries> ReachableBinariesAsync(string[] prefix, PostgresBinaries binaries, CancellationToken ct)
    {
        if (await SucceedsAsync([.. prefix, "test", "-x", binaries.Postgres], ct))
        {
            return binaries;
        }

        MakeTraversable(ReachableRoot);
        var info = new FileInfo(binaries.Postgres);
        var stamp = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{binaries.Folder}|{info.Length}|{info.LastWriteTimeUtc.Ticks}")))[..16];
        var copy = Path.Combine(ReachableRoot, "programs-" + stamp);
        if (!Directory.Exists(copy))
        {
            var fresh = copy + "." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
            var (code, output) = await Launch.RunAsync(new ProcessStartInfo("cp", ["-R", "-P", binaries.Folder, fresh]), ct);
            if (code == 0)
            {
                (code, output) = await Launch.RunAsync(new ProcessStartInfo("chmod", ["-R", "a+rX,go-w", fresh]), ct);
            }

            if (code != 0)
            {
                throw new IOException(output.Trim());
            }

            Directory.Move(fresh, copy);
        }

        return PostgresBinaries.Find(copy).TryGet(out var found, out var failure) ? found : throw new IOException(failure.Message.En);
    }

    private static void MakeTraversable(string folder)
    {
        if (!OperatingSystem.IsWindows() && !Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    private static async Task<(string User, string Group)?> FindAccountAsync(CancellationToken ct)
    {
        if (!File.Exists("/etc/passwd"))
        {
            return null;
        }

        var entries = (await File.ReadAllLinesAsync("/etc/passwd", ct)).Select(l => l.Split(':')).Where(f => f.Length > 3 && f[2] != "0").ToList();
        var entry = Accounts.Select(a => entries.Find(f => f[0] == a)).FirstOrDefault(f => f is not null);
        return entry is null ? null : (entry[2], entry[3]);
    }

    private static async Task<bool> SucceedsAsync(string[] command, CancellationToken ct)
    {
        try
        {
            return (await Launch.RunAsync(new ProcessStartInfo(command[0], command.Skip(1)), ct)).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // The program is not there: this way is closed.
            return false;
        }
    }
}
