using IndustryBrain.Sdk;

namespace IndustryBrain.Storage.Postgres;

/// <summary>Holds a data folder for one host. The operating system drops the lock with the process, so that a killed host leaves none behind.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    internal static Result<FolderLock> Take(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var path = Path.Combine(folder, "host.lock");
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                // Opening an existing file says nothing about a read-only or full disk: writing does.
                file.SetLength(0);
                file.Write("IndustryBrain\n"u8);
                file.Flush(flushToDisk: true);
                return new FolderLock(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            return StorageFailures.FolderInUse(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return FolderAccess.FailureOf(e, folder);
        }
    }

    public void Dispose() => _file.Dispose();

    // EWOULDBLOCK of flock on Linux and macOS; ERROR_SHARING_VIOLATION on Windows.
    private static bool IsSharingViolation(IOException e) => e.GetType() == typeof(IOException)
        && (OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020) : e.HResult is 11 or 35);
}
