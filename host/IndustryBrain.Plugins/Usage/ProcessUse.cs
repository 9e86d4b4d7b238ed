using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace IndustryBrain.Plugins.Usage;

/// <summary>What processes take of the machine.</summary>
internal static class ProcessUse
{
    /// <summary>Resident memory and processor time of processes and, on Linux, of the children that a jail starts.</summary>
    public static (long Bytes, TimeSpan Time) Of(IEnumerable<int> processes)
    {
        var (bytes, spent) = (0L, TimeSpan.Zero);
        foreach (var id in processes.SelectMany(WithChildren).Distinct())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                bytes += process.WorkingSet64;
                spent += process.TotalProcessorTime;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It has ended in between.
            }
        }

        return (bytes, spent);
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
