namespace IndustryBrain.Plugins.Isolation;

/// <summary>Where the stages of one pool lie, in a folder of its own; what pools of killed hosts left beside it is removed.</summary>
internal sealed class StageFolder : IDisposable
{
    private const string LockSuffix = ".lock";
    private readonly string _folder;
    private readonly string? _temporary;
    private readonly FileStream _lock;
    private int _last;

    /// <param name="root">Folder that hosts may share; empty for the system's temporary files.</param>
    public StageFolder(string root)
    {
        _temporary = root.Length == 0 ? Directory.CreateTempSubdirectory("ib-workers-").FullName : null;
        root = _temporary ?? Directory.CreateDirectory(root).FullName;
        RemoveLeftovers(root);
        _folder = Path.Combine(root, Guid.NewGuid().ToString("N"));
        _lock = Own(_folder)!;
        Directory.CreateDirectory(_folder);
    }

    public Stage Create() => new(Path.Combine(_folder, Interlocked.Increment(ref _last).ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public void Dispose()
    {
        Remove(_folder);
        _lock.Dispose();
        if (_temporary is not null)
        {
            Remove(_temporary);
        }
    }

    // Whoever has the lock of a folder owns it; the system gives up the locks of a process that was killed.
    private static FileStream? Own(string folder)
    {
        try
        {
            return new(folder + LockSuffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void RemoveLeftovers(string root)
    {
        foreach (var leftover in Directory.EnumerateFiles(root, "*" + LockSuffix))
        {
            var folder = leftover[..^LockSuffix.Length];
            using var owned = Own(folder);
            if (owned is not null)
            {
                Remove(folder);
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
        }
    }
}
