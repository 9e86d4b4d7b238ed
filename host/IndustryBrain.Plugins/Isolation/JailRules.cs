using System.Globalization;
using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>What a jailed worker may still see: .NET, the system's libraries, its plugin, and what the runtime asks about the machine.</summary>
internal static class JailRules
{
    /// <summary>Exit code of a launcher that could not confine.</summary>
    public const int CannotConfine = 77;

    private static readonly string[] Libraries = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo", "/usr/share/icu"];

    private static readonly string[] Files =
    [
        "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/ssl/openssl.cnf",
        "/proc/self", "/proc/meminfo", "/proc/stat", "/proc/cpuinfo", "/sys/fs/cgroup", "/sys/devices/system/cpu", "/sys/devices/system/node",
        "/dev/urandom", "/dev/random",
    ];

    // The one thing beside the program that the kernel executes for it.
    private static readonly string[] Loaders = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
        ? ["/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-aarch64.so.1"]
        : ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1"];

    /// <summary>The system's folders, for a wrapper that has to show them.</summary>
    public static IEnumerable<string> SystemPaths => Libraries.Concat(Files.Where(f => f.StartsWith("/etc/", StringComparison.Ordinal)));

    /// <summary>Arguments of the launcher, up to the worker's own.</summary>
    /// <param name="programs">What is started.</param>
    /// <param name="pluginFolder">Folder of the plugin's version.</param>
    /// <param name="options">Limits.</param>
    /// <param name="isChildOfHost">False when a wrapper stands between host and launcher.</param>
    public static IEnumerable<string> Arguments(WorkerPrograms programs, string pluginFolder, WorkerOptions options, bool isChildOfHost)
    {
        foreach (var path in programs.Folders.Concat(Libraries).Concat(Files).Append(pluginFolder))
        {
            yield return "--ro";
            yield return path;
        }

        foreach (var path in Loaders.Append(programs.Worker[0]))
        {
            yield return "--rx";
            yield return path;
        }

        yield return "--rw";
        yield return "/dev/null";
        yield return "--data";
        yield return Text(options.MemoryBytes);
        if (options.AddressSpaceBytes > 0)
        {
            yield return "--address-space";
            yield return Text(options.AddressSpaceBytes);
        }

        yield return "--files";
        yield return Text(options.MaxOpenFiles);
        if (options.MaxProcesses > 0)
        {
            yield return "--processes";
            yield return Text(options.MaxProcesses);
        }

        if (isChildOfHost)
        {
            yield return "--parent";
            yield return Text(Environment.ProcessId);
        }

        yield return "--";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
