using IndustryBrain.Sdk;

namespace IndustryBrain.Storage.Postgres;

/// <summary>Says in words of our own why a data folder cannot be used, and what helps.</summary>
internal static class FolderAccess
{
    private static readonly LocalizedText Another = new("请用 --data 指定另一个文件夹。", "Name another folder with --data.");
    private static readonly LocalizedText Grant = new("请授予写权限，或用 --data 指定另一个文件夹。", "Grant write access, or name another folder with --data.");

    /// <summary>IB0004 for a full disk, else IB0002 with the reason.</summary>
    internal static Failure FailureOf(Exception exception, string folder)
    {
        if (exception is IOException full && DiskSpace.IsFull(full))
        {
            return StorageFailures.DiskFull(folder, null);
        }

        if (FileInTheWay(folder) is { } file)
        {
            return StorageFailures.FolderNotWritable(folder, new($"「{file}」是文件，不是文件夹", $"“{file}” is a file, not a folder"), Another);
        }

        return exception switch
        {
            UnauthorizedAccessException => StorageFailures.FolderNotWritable(folder, new("当前账号没有权限", "this account may not"), Grant),
            DirectoryNotFoundException or FileNotFoundException or NotSupportedException => StorageFailures.FolderNotWritable(folder, new("那里不能建立文件夹", "no folder can be made there"), Another),
            IOException e when IsReadOnly(e) => StorageFailures.FolderNotWritable(folder, new("所在的文件系统是只读的", "its file system is read-only"), Another),
            _ => StorageFailures.FolderNotWritable(folder, new($"操作系统报告「{Said(exception)}」", $"the system reports “{Said(exception)}”"), Grant),
        };
    }

    private static string? FileInTheWay(string folder)
    {
        for (var path = Path.GetFullPath(folder); path is not null; path = Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    // EROFS on Unix; ERROR_WRITE_PROTECT on Windows.
    private static bool IsReadOnly(IOException e) => OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070013) : e.HResult == 30;

    private static string Said(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd(' ', '.');
}
