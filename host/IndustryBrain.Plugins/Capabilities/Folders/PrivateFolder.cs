using System.Text;

namespace IndustryBrain.Plugins.Capabilities.Folders;

/// <summary>Folders and files that only their owner may read.</summary>
internal static class PrivateFolder
{
    /// <summary>In the name of a file that is not whole yet; in no name of a plugin.</summary>
    public const char Beside = '~';

    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
        }
    }

    /// <summary>Writes a file in place of one of that name: it is there whole, or not.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var beside = path + Beside + Guid.NewGuid().ToString("N");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using (var file = new FileStream(beside, options))
            {
                await file.WriteAsync(content, ct).ConfigureAwait(false);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>An id as the name of a folder: other characters as <c>%xx</c>, so that two ids never share one.</summary>
    public static string NameOf(string id)
    {
        var name = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(id))
        {
            var c = (char)b;
            name.Append(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' || (c == '.' && name.Length > 0) ? c.ToString() : $"%{b:x2}");
        }

        // Not empty, and not the name of another folder's part.
        return name.Length == 0 ? "%" : name.ToString();
    }
}
