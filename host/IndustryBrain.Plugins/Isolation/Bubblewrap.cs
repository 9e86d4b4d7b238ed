using System.Diagnostics;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>Namespaces around the jail, where the machine has bubblewrap and lets it work: the worker then does not even see other processes, files and networks.</summary>
internal static class Bubblewrap
{
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(10);

    /// <summary>Path of the program when it works here, else null.</summary>
    public static async Task<string?> FindAsync(string program, WorkerStarter starter, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux() || Locate(program) is not { } path)
        {
            return null;
        }

        // Installed is not allowed: containers and some distributions refuse user namespaces.
        var start = new ProcessStartInfo(path, ["--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", path, "--version"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var probe = await starter.StartAsync(start).ConfigureAwait(false);
            probe.StandardInput.Close();
            try
            {
                await probe.WaitForExitAsync(ct).WaitAsync(ProbeTime, ct).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                probe.Kill();
                return null;
            }

            return probe.ExitCode == 0 ? path : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Arguments up to the launcher: all namespaces of their own, and of the file system only what is needed.</summary>
    public static IEnumerable<string> Arguments(WorkerPrograms programs, string pluginFolder)
    {
        string[] beginning = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"];
        IEnumerable<string> machine = ["/sys/fs/cgroup", "/sys/devices/system"];
        return beginning
            .Concat(JailRules.SystemPaths.Concat(machine).Concat(programs.Folders).Append(pluginFolder).SelectMany(path => Shown(path)))
            .Append("--");
    }

    // A link, such as /lib on a merged system, must stay one: bound as a folder it would hide what others point into.
    private static string[] Shown(string path) => Path.GetDirectoryName(path) == "/" && new DirectoryInfo(path).LinkTarget is { } target
        ? ["--symlink", target, path]
        : ["--ro-bind-try", path, path];

    private static string? Locate(string program) => program.Length == 0 ? null
        : Path.IsPathFullyQualified(program) ? (File.Exists(program) ? program : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
