using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>The one folder of a plugin that a jailed process may read. It is empty when the process starts, because what a process may read is fixed
/// before its program begins, and the plugin is not known then; the plugin's files are linked into it when they are. Nobody else uses it, before or after.</summary>
internal sealed partial class Stage : IDisposable
{
    public Stage(string folder) => Folder = Directory.CreateDirectory(folder).FullName;

    public string Folder { get; }

    /// <summary>Puts the files of a plugin version here: links where the file system allows, else copies.</summary>
    /// <returns>Path of its entry assembly.</returns>
    /// <exception cref="IOException">The files cannot be read or the folder not written.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public string Fill(InstalledPlugin plugin)
    {
        var source = Path.GetFullPath(plugin.Folder);
        foreach (var folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(Folder, Path.GetRelativePath(source, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var here = Path.Combine(Folder, Path.GetRelativePath(source, file));
            if (Link(file, here) != 0)
            {
                File.Copy(file, here);
            }
        }

        return Path.Combine(Folder, Path.GetRelativePath(source, Path.GetFullPath(plugin.EntryAssemblyPath)));
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start of the host removes it.
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string other);
}
