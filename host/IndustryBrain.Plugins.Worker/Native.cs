using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Worker;

/// <summary>The C library.</summary>
internal static partial class Native
{
    /// <summary>Ends at once: what a plugin hung onto the end of the process must not hold it.</summary>
    public static void Exit(int code)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(code);
        }

        ExitNow(code);
    }

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Replace(int from, int to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
