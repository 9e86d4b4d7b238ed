using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Reads a file that it was not given.</summary>
[Component("hostile.file-read", Zh = "读文件", En = "Reads")]
public sealed class FileRead : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => File.ReadAllTextAsync(aim.Path!);
}

/// <summary>Looks for the plugins of others, which lie beside its own.</summary>
[Component("hostile.file-neighbour", Zh = "查看邻居", En = "Looks at its neighbours")]
public sealed class FileNeighbour : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var mine = Path.GetDirectoryName(typeof(FileNeighbour).Assembly.Location)!;
        return Task.FromResult(string.Join(' ', Directory.GetFileSystemEntries(Path.Combine(mine, "..", "..", ".."))));
    }
}

/// <summary>Reads it from the finalizer's thread, which runs before any code of the plugin.</summary>
[Component("hostile.file-finalizer", Zh = "终结器读文件", En = "Reads while finalized")]
public sealed class FileFinalizer : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var read = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Drop(aim.Path!, read);
        while (!read.Task.IsCompleted)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return await read.Task;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Drop(string path, TaskCompletionSource<string> read) => _ = new Reader(path, read);

    private sealed class Reader(string path, TaskCompletionSource<string> read)
    {
        ~Reader()
        {
            try
            {
                read.TrySetResult(File.ReadAllText(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                read.TrySetException(e);
            }
        }
    }
}

/// <summary>Writes beside it.</summary>
[Component("hostile.file-write", Zh = "写文件", En = "Writes")]
public sealed class FileWrite : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        await File.WriteAllTextAsync(aim.Path + ".new", "written");
        return "written";
    }
}

/// <summary>Lists its folder.</summary>
[Component("hostile.file-list", Zh = "列目录", En = "Lists")]
public sealed class FileList : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => Task.FromResult(string.Join(',', Directory.GetFiles(Path.GetDirectoryName(aim.Path!)!)));
}

/// <summary>Deletes it.</summary>
[Component("hostile.file-delete", Zh = "删除文件", En = "Deletes")]
public sealed class FileDelete : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        File.Delete(aim.Path!);
        return Task.FromResult("deleted");
    }
}

/// <summary>Opens it for everybody.</summary>
[Component("hostile.file-mode", Zh = "改权限", En = "Changes the mode")]
public sealed class FileMode : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(aim.Path!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        }

        return Task.FromResult("changed");
    }
}

/// <summary>Empties it by name.</summary>
[Component("hostile.file-truncate", Zh = "清空文件", En = "Truncates")]
public sealed class FileTruncate : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Truncate(aim.Path!, 0));
        return Task.FromResult("emptied");
    }
}

/// <summary>Goes there through its own root in /proc.</summary>
[Component("hostile.file-proc-root", Zh = "经由进程根目录", En = "Through /proc")]
public sealed class FileProcRoot : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => File.ReadAllTextAsync("/proc/self/root" + aim.Path);
}
