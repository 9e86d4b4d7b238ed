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

    // Field of /proc/{id}/statm.
    private const int DataPages = 5;

    /// <summary>The figures of processes and, on Linux, of the children that a jail starts.</summary>
    public static ProcessFigures Of(IEnumerable<int> processes)
    {
        var (bytes, spent, threads, data) = (0L, TimeSpan.Zero, 0, 0L);
        foreach (var id in processes.SelectMany(WithChildren).Distinct())
        {
            if ((OperatingSystem.IsLinux() ? FromSystem(id) : FromRuntime(id)) is { } found)
            {
                (bytes, spent, threads, data) = (bytes + found.Bytes, spent + found.Time, threads + found.Threads, Math.Max(data, found.DataBytes));
            }
        }

        return new(bytes, spent, threads, data);
    }

    private static ProcessFigures? FromSystem(int id)
    {
        try
        {
            // The name stands in brackets and may hold anything.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int index) => long.Parse(fields[index], CultureInfo.InvariantCulture);
            var data = long.Parse(File.ReadAllText($"/proc/{id}/statm").Split(' ')[DataPages], CultureInfo.InvariantCulture);
            return new(
                Field(ResidentPages) * Environment.SystemPageSize, TimeSpan.FromSeconds((Field(UserTime) + Field(SystemTime)) / TicksPerSecond), (int)Field(Threads), data * Environment.SystemPageSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ProcessFigures? FromRuntime(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return new(process.WorkingSet64, process.TotalProcessorTime, process.Threads.Count, 0);
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
