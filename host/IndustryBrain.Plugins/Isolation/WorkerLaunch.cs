using System.Diagnostics;
using System.Globalization;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>How a worker is started: command line and environment.</summary>
/// <param name="programs">What is started.</param>
/// <param name="bubblewrap">Path of bubblewrap, or null where it is not used.</param>
internal sealed class WorkerLaunch(WorkerPrograms programs, string? bubblewrap)
{
    // Of the host's own only what tells the time of day.
    private const string TimeZone = "TZ";

    // What .NET takes where the system does not say: the 8 MB of most Linux, which count whole from the start, would be all that the heap leaves over after a few threads.
    private const int StackBytes = 1536 << 10;

    // The C library's own default, which stays what it is when it is set.
    private const string HeapTopBytes = "131072";

    private const string Rehearse = "--rehearse";

    /// <summary>A jailed worker reads its plugin from <paramref name="stage"/>; without one it is not jailed.</summary>
    public ProcessStartInfo For(Stage? stage, WorkerOptions options, bool isSpare)
    {
        List<string> command = [.. programs.Worker];
        if (isSpare && options.AddressSpaceBytes == 0)
        {
            // Not where expressions are evaluated, which open no plugin.
            command.Add(Rehearse);
        }

        if (stage is not null)
        {
            command = [.. programs.Jail, .. JailRules.Arguments(programs, stage.Folder, options, isChildOfHost: bubblewrap is null), .. command];
            if (bubblewrap is not null)
            {
                command = [bubblewrap, .. Bubblewrap.Arguments(programs, stage.Folder), .. command];
            }
        }

        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory)!,
        };
        SetEnvironment(start.Environment, options);
        return start;
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, WorkerOptions options)
    {
        environment.TryGetValue(TimeZone, out var zone);
        environment.TryGetValue("SystemRoot", out var system);
        environment.Clear();
        if (zone is not null)
        {
            environment[TimeZone] = zone;
        }

        if (system is not null && OperatingSystem.IsWindows())
        {
            environment["SystemRoot"] = system;
        }

        // No socket for debuggers and profilers; small and quick to start. Three quarters for objects: what is left over keeps an exhausted runtime able to say so.
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_EnableWriteXorExecute"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = "0x" + (options.MemoryBytes / 4 * 3).ToString("X", CultureInfo.InvariantCulture);
        environment["DOTNET_NOLOGO"] = "1";

        // What compiling took goes back at once, to the C library and from there to the system: else up to 16 MB are kept for the next method, which an idle process never compiles.
        environment["DOTNET_JitHostMaxSlabCache"] = "0";
        environment["MALLOC_TRIM_THRESHOLD_"] = HeapTopBytes;
        if (options.AddressSpaceBytes == 0)
        {
            // Not where expressions are parsed, whose depth has limits of its own.
            environment["DOTNET_Thread_DefaultStackSize"] = StackBytes.ToString("X", CultureInfo.InvariantCulture);
        }
        else
        {
            // Each would reserve 64 MB of it, one a thread.
            environment["MALLOC_ARENA_MAX"] = "2";
        }
    }
}
