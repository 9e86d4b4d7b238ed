using System.Globalization;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>The step of rows within a day: some seconds, minutes or hours.</summary>
internal sealed record ClockStep(int Seconds)
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;

    /// <summary>The name of the step, such as <c>hour</c> or <c>15 minutes</c>.</summary>
    public string Name => this switch
    {
        { Seconds: Hour } => "hour",
        { Seconds: Minute } => "minute",
        _ when Seconds % Hour == 0 => string.Create(CultureInfo.InvariantCulture, $"{Seconds / Hour} hours"),
        _ when Seconds % Minute == 0 => string.Create(CultureInfo.InvariantCulture, $"{Seconds / Minute} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Seconds} seconds"),
    };

    /// <summary>True when rows of one day differ in their time: then the times tell the periods, and not the days.</summary>
    public static bool IsWithinDays(IReadOnlyList<TableDate> sorted)
    {
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Day == sorted[i - 1].Day && sorted[i].Time != sorted[i - 1].Time)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The step that most neighbours of sorted moments have; null when the other distances are no multiples of it.</summary>
    public static ClockStep? Detect(IReadOnlyList<TableDate> sorted)
    {
        long[] distances = [.. Enumerable.Range(1, sorted.Count - 1).Select(i => SecondsBetween(sorted[i - 1], sorted[i]))];
        var middle = distances.Where(d => d > 0).Order().ToArray() is { Length: > 0 } positive ? positive[(positive.Length - 1) / 2] : 0;
        return middle is > 0 and < 24 * Hour && Array.TrueForAll(distances, d => d % middle == 0) ? new((int)middle) : null;
    }

    /// <summary>The period after <paramref name="moment"/>.</summary>
    public TableDate After(TableDate moment)
    {
        var next = moment.Day.ToDateTime(TimeOnly.MinValue) + moment.Time + TimeSpan.FromSeconds(Seconds);
        return moment with { Day = DateOnly.FromDateTime(next), Time = next.TimeOfDay };
    }

    /// <summary>How many periods <paramref name="after"/> lies behind <paramref name="before"/>; 0 when both are the same.</summary>
    public long StepsBetween(TableDate before, TableDate after) => SecondsBetween(before, after) / Seconds;

    private static long SecondsBetween(TableDate before, TableDate after) =>
        (after.Day.DayNumber - before.Day.DayNumber) * 24L * Hour + (long)(after.Time - before.Time).TotalSeconds;
}
