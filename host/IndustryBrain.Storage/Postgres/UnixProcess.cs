using System.Runtime.InteropServices;

namespace IndustryBrain.Storage.Postgres;

/// <summary>The signals by which a PostgreSQL server is stopped.</summary>
internal static class UnixProcess
{
    internal const int FastShutdown = 2;       // SIGINT
    internal const int ImmediateShutdown = 3;  // SIGQUIT

    internal static bool Signal(int processId, int signal) => Kill(processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
