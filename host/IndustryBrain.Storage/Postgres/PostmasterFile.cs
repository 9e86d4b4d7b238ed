using System.Diagnostics;
using System.Globalization;

namespace IndustryBrain.Storage.Postgres;

/// <summary>What a running server writes about itself into <c>postmaster.pid</c>.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Port">Its port, or the number in its socket's name.</param>
/// <param name="SocketFolder">Folder of its socket; empty where it has none.</param>
/// <param name="IsReady">True once it accepts connections.</param>
internal sealed record PostmasterFile(int ProcessId, int Port, string SocketFolder, bool IsReady)
{
    internal static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Reads it; null while it is absent or half written.</summary>
    internal static PostmasterFile? Read(string cluster)
    {
        string[] lines;
        try
        {
            using var reader = new StreamReader(new FileStream(PathIn(cluster), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            lines = reader.ReadToEnd().Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (lines.Length == 0 || !int.TryParse(lines[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pid))
        {
            return null;
        }

        _ = int.TryParse(lines.ElementAtOrDefault(3), NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        return new(pid, port, (lines.ElementAtOrDefault(4) ?? "").Trim(), lines.ElementAtOrDefault(7)?.Trim() == "ready");
    }

    /// <summary>True when that process still exists and is a PostgreSQL: the number may have been given to another program since.</summary>
    internal bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(Math.Abs(ProcessId));
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
