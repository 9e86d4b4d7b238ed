using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Worker;

/// <summary>The C library.</summary>
internal static unsafe partial class Native
{
    private const int StandardError = 2;
    private const int Kill = 9;

    private static ReadOnlySpan<byte> OutOfMemory => "Out of memory.\n"u8;

    /// <summary>Ends at once: what a plugin hung onto the end of the process must not hold it.</summary>
    public static void Exit(int code)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(code);
        }

        ExitNow(code);
    }

    /// <summary>Ends at once without the memory for anything else; says so when that is why.</summary>
    public static void End(bool isOutOfMemory)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.FailFast(isOutOfMemory ? "Out of memory." : null);
        }

        End(isOutOfMemory ? OutOfMemory.Length : 0, Kill);
    }

    /// <summary>Goes the way of <see cref="End(bool)"/> once without its effects: what is used for the first time takes memory.</summary>
    public static void PrepareEnd()
    {
        if (!OperatingSystem.IsWindows())
        {
            End(length: 0, signal: 0);
        }
    }

    /// <summary>Gives back what the C library keeps of freed memory, where it is one that can.</summary>
    public static void TrimHeap()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl gives back by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Replace(int from, int to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    private static void End(int length, int signal)
    {
        fixed (byte* text = OutOfMemory)
        {
            _ = Write(StandardError, text, length);
        }

        _ = Signal(Environment.ProcessId, signal);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte* text, nint length);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
