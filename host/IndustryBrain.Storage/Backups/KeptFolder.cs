namespace IndustryBrain.Storage.Backups;

/// <summary>A folder beside the database that belongs to the installation and so into its backups.</summary>
/// <param name="Name">Its name there, such as <c>audit</c>.</param>
/// <param name="Path">Where it stands; other installations may have it elsewhere.</param>
/// <param name="Except">Full paths that are left out: what the host makes anew, what another kept folder has.</param>
/// <param name="EarlyFiles">True when the files directly in it are read before the rows of the database: they say where something there stands, and must not be ahead of it.</param>
public sealed record KeptFolder(string Name, string Path, IReadOnlyCollection<string> Except, bool EarlyFiles = false)
{
    // The embedded server's, and the lock of whoever holds the folder.
    private static readonly string[] OfTheServer = ["postgres", "host.lock"];

    /// <summary>Its files by their relative path with <c>/</c>, in order.</summary>
    /// <param name="early">True for the early ones, false for the others.</param>
    internal IEnumerable<(string Name, string File)> List(bool early)
    {
        if (!Directory.Exists(Path))
        {
            return [];
        }

        var all = early || !EarlyFiles ? Walk(Path, deep: !early) : Directory.EnumerateDirectories(Path).Where(IsKept).SelectMany(f => Walk(f, deep: true));
        return early && !EarlyFiles ? [] : all.Select(f => (System.IO.Path.GetRelativePath(Path, f).Replace('\\', '/'), f)).OrderBy(f => f.Item1, StringComparer.Ordinal);
    }

    /// <summary>Something that stands in the way of a restore; null when nothing does.</summary>
    internal string? FindAny() => List(early: false).Concat(List(early: true)).Select(f => f.File).FirstOrDefault();

    /// <summary>Where a file of it stands; null when its name leads out of the folder.</summary>
    internal string? PlaceOf(string name)
    {
        var place = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, name));
        return place.StartsWith(System.IO.Path.GetFullPath(Path) + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) ? place : null;
    }

    private IEnumerable<string> Walk(string folder, bool deep)
    {
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => IsKept(f) && (File.GetAttributes(f) & FileAttributes.ReparsePoint) == 0))
        {
            yield return file;
        }

        foreach (var inner in deep ? Directory.EnumerateDirectories(folder).Where(f => IsKept(f) && (File.GetAttributes(f) & FileAttributes.ReparsePoint) == 0) : [])
        {
            foreach (var file in Walk(inner, deep))
            {
                yield return file;
            }
        }
    }

    private bool IsKept(string path) => !Except.Contains(path) && !(System.IO.Path.GetDirectoryName(path) == Path && OfTheServer.Any(s => System.IO.Path.GetFileName(path).StartsWith(s, StringComparison.Ordinal)));
}
