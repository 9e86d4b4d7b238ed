using System.Diagnostics;
using System.Text;

namespace IndustryBrain.Storage.Postgres;

/// <summary>How the server's programs are started: as who, and where its files stand.</summary>
/// <param name="Prefix">Program and arguments put before the command, such as <c>unshare …</c>; empty for an ordinary user.</param>
/// <param name="Place">Folder that holds the cluster.</param>
/// <param name="Binaries">The programs.</param>
/// <param name="Account">User and group id that must own what the server writes; null when the current user does.</param>
internal sealed record Launch(IReadOnlyList<string> Prefix, string Place, PostgresBinaries Binaries, string? Account)
{
    internal const string ClusterName = "postgres";

    internal string Cluster => Path.Combine(Place, ClusterName);

    /// <summary>The command with its environment: the libraries beside the programs, and messages in English so that they can be recognised.</summary>
    internal ProcessStartInfo Command(IEnumerable<string> prefix, string program, params IEnumerable<string> arguments)
    {
        var all = prefix.Concat(Prefix).Append(program).Concat(arguments).ToList();
        var start = new ProcessStartInfo(all[0], all.Skip(1)) { UseShellExecute = false, CreateNoWindow = true, WorkingDirectory = Place };
        if (OperatingSystem.IsLinux())
        {
            start.Environment["LD_LIBRARY_PATH"] = Binaries.Libraries;
        }

        start.Environment["LC_ALL"] = "C";
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    /// <summary>Runs a command to its end and gives its exit code with what it wrote.</summary>
    internal static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, CancellationToken ct)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await error);
    }

    /// <summary>Gives what the current user made to the account that the server runs as.</summary>
    internal async Task OwnAsync(CancellationToken ct, params string[] paths)
    {
        if (Account is not null)
        {
            var (code, output) = await RunAsync(new ProcessStartInfo("chown", ["-R", Account, .. paths]), ct);
            if (code != 0)
            {
                throw new IOException(output.Trim());
            }
        }
    }
}
