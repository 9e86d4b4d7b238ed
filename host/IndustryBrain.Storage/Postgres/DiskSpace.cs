using IndustryBrain.Sdk;

namespace IndustryBrain.Storage.Postgres;

/// <summary>Refuses to start a database on a disk that is about to be full: PostgreSQL would stop in the middle of its recovery.</summary>
internal static class DiskSpace
{
    private const long FirstStartMegabytes = 128;

    internal static Failure? Check(string folder, StorageOptions options, bool firstStart)
    {
        var needed = options.MinimumFreeMegabytes + (firstStart ? FirstStartMegabytes : 0);
        var free = new DriveInfo(folder).AvailableFreeSpace / (1024 * 1024);
        return free < needed ? StorageFailures.DiskFull(folder, free) : null;
    }

    // ENOSPC on Unix; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL on Windows.
    internal static bool IsFull(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult is unchecked((int)0x80070027) or unchecked((int)0x80070070)
        : e.HResult == 28;

    internal static bool SaysFull(string log) => log.Contains("No space left on device", StringComparison.Ordinal)
        || log.Contains("There is not enough space on the disk", StringComparison.Ordinal);
}
