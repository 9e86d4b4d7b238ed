namespace IndustryBrain.Cli.Keys;

/// <summary>Writes statements about keys, and words what the file system refuses.</summary>
internal static class KeyFiles
{
    public static int Try(string folder, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complaint.Write(CliFailures.FileNotReadable(folder));
        }
    }

    public static string Write(string folder, string name, byte[] content)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A key id that can stand in a file name; what is none becomes digits of one.</summary>
    public static string Safe(string keyId) => string.Concat(keyId.Where(char.IsAsciiHexDigit).Take(32));
}
