using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Jail;

/// <summary>The C library. Calls without a wrapper of their own go through <c>syscall</c>, whose arguments travel alike on x86_64 and arm64.</summary>
internal static unsafe partial class Native
{
    public const int NoSuchFile = 2;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Syscall(nint number, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Prctl(int option, nuint a, nuint b = 0, nuint c = 0, nuint d = 0);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, ResourceLimit* limit);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setsid")]
    public static partial int StartSession();

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true)]
    public static partial int Execute(nint path, nint arguments);

    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
