using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace IndustryBrain.Plugins.Usage;

/// <summary>What processes take of the machine.</summary>
internal static class ProcessUse
{
    // Fields of /proc/{id}/stat behind the name: user and system time in ticks, threads, resident pages.
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int Threads = 17;
    private const int ResidentPages = 21;
    private const double TicksPerSecond = 100;

    // Lines of /proc/{id}/status, in kilobytes: what the limit counts, and what is held whatever it counts.
    private const string Data = "VmData:";
    private static readonly string[] Held = ["RssAnon:", "RssShmem:", "VmSwap:", "VmPTE:"];

    /// <summary>The figures of processes and, on Linux, of the children that a jail starts.</summary>
    public static ProcessFigures Of(IEnumerable<int> processes)
    {
        var (bytes, spent, threads, held, data) = (0L, TimeSpan.Zero, 0, 0L, 0L);
        foreach (var id in processes.SelectMany(WithChildren).Distinct())
        {
            if ((OperatingSystem.IsLinux() ? FromSystem(id) : FromRuntime(id)) is { } found)
            {
                (bytes, spent, threads) = (bytes + found.Bytes, spent + found.Time, threads + found.Threads);
                (held, data) = (Math.Max(held, found.HeldBytes), Math.Max(data, found.DataBytes));
            }
        }

        return new(bytes, spent, threads, held, data);
    }

    private static ProcessFigures? FromSystem(int id)
    {
        try
        {
            // The name stands in brackets and may hold anything.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
            var status = File.ReadAllText($"/proc/{id}/status");
            return new(
                Field(ResidentPages) * Environment.SystemPageSize, TimeSpan.FromSeconds((Field(UserTime) + Field(SystemTime)) / TicksPerSecond), (int)Field(Threads), Held.Sum(name => Kilobytes(status, name)) << 10, Kilobytes(status, Data) << 10);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The first line has the program's name; absent when the process has just ended.
    private static long Kilobytes(string status, string name)
    {
        var at = status.IndexOf('\n' + name, StringComparison.Ordinal);
        if (at < 0)
        {
            return 0;
        }

        var rest = status.AsSpan(at + 1 + name.Length);
        return long.Parse(rest[..rest.IndexOf("kB", StringComparison.Ordinal)].Trim(), CultureInfo.InvariantCulture);
    }

    private static ProcessFigures? FromRuntime(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return new(process.WorkingSet64, process.TotalProcessorTime, process.Threads.Count, 0, 0);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended in between.
            return null;
        }
    }

    private static IEnumerable<int> WithChildren(int id)
    {
        yield return id;
        foreach (var child in Children(id))
        {
            foreach (var one in WithChildren(child))
            {
                yield return one;
            }
        }
    }

    private static IEnumerable<int> Children(int id)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
