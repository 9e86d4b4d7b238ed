namespace IndustryBrain.Storage.Postgres;

/// <summary>The server's log file: kept small, one older file beside it.</summary>
internal static class ServerLog
{
    private const long LargestBytes = 8 * 1024 * 1024;
    private const int LongestTail = 64 * 1024;

    internal static async Task PrepareAsync(string log, CancellationToken ct)
    {
        if (File.Exists(log) && new FileInfo(log).Length > LargestBytes)
        {
            File.Move(log, log + ".1", overwrite: true);
        }

        var open = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(log, open);
        await stream.FlushAsync(ct);
    }

    internal static async Task<string> ReadFromAsync(string log, long start, CancellationToken ct)
    {
        try
        {
            await using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Position = Math.Max(start, stream.Length - LongestTail);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(ct);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
