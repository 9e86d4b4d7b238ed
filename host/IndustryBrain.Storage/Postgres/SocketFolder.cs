using System.Security.Cryptography;

namespace IndustryBrain.Storage.Postgres;

/// <summary>The folder of the server's Unix socket: short, whatever the length of the data folder's path, and closed to everybody else.</summary>
internal static class SocketFolder
{
    // A socket's path may have 104 bytes on macOS and 108 on Linux, /.s.PGSQL.5432.lock included.
    private const int LongestBase = 60;
    private const string Prefix = "ibpg-";

    internal static string Create()
    {
        var parent = Path.GetTempPath();
        if (System.Text.Encoding.UTF8.GetByteCount(parent) > LongestBase || !Directory.Exists(parent))
        {
            parent = "/tmp";
        }

        // The name cannot be guessed, so nobody can have made the folder before.
        var folder = Path.Combine(parent, Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    /// <summary>Removes a folder made by <see cref="Create"/>, when it holds nothing but what a server left there.</summary>
    internal static void Remove(string folder)
    {
        try
        {
            if (!Path.GetFileName(folder).StartsWith(Prefix, StringComparison.Ordinal) || !Directory.Exists(folder))
            {
                return;
            }

            foreach (var file in Directory.EnumerateFileSystemEntries(folder, ".s.PGSQL.*"))
            {
                File.Delete(file);
            }

            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left over in the temporary folder: it harms nothing, and another start must not fail for it.
        }
    }
}
