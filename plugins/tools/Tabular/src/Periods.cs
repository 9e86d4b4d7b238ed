using System.Text.Json.Serialization;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>Distance between the rows of a series.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SeriesPeriod>))]
public enum SeriesPeriod
{
    /// <summary>Found from the dates.</summary>
    [Label("按日期识别", "Detect from the dates"), JsonStringEnumMemberName("auto")] Auto,

    /// <summary>Each row is one period; dates are labels only.</summary>
    [Label("逐行", "Each row"), JsonStringEnumMemberName("none")] None,

    /// <summary>Every day.</summary>
    [Label("日", "Day"), JsonStringEnumMemberName("day")] Day,

    /// <summary>Monday to Friday.</summary>
    [Label("工作日（周一至周五）", "Working day (Monday to Friday)"), JsonStringEnumMemberName("workday")] Workday,

    /// <summary>Every week.</summary>
    [Label("周", "Week"), JsonStringEnumMemberName("week")] Week,

    /// <summary>Every month.</summary>
    [Label("月", "Month"), JsonStringEnumMemberName("month")] Month,

    /// <summary>Every quarter.</summary>
    [Label("季", "Quarter"), JsonStringEnumMemberName("quarter")] Quarter,

    /// <summary>Every year.</summary>
    [Label("年", "Year"), JsonStringEnumMemberName("year")] Year,
}

/// <summary>The step of dated rows: some days, or some months.</summary>
internal sealed record PeriodStep(int Days, int Months, bool WorkdaysOnly)
{
    /// <summary>The name of the step, such as <c>week</c> or <c>10 days</c>.</summary>
    public string Name => this switch
    {
        { WorkdaysOnly: true } => "workday",
        { Months: 1 } => "month",
        { Months: 3 } => "quarter",
        { Months: 12 } => "year",
        { Months: > 0 } => $"{Months} months",
        { Days: 1 } => "day",
        { Days: 7 } => "week",
        _ => $"{Days} days",
    };

    /// <summary>The step that a choice names; null for those that are found or not checked.</summary>
    public static PeriodStep? Of(SeriesPeriod choice) => choice switch
    {
        SeriesPeriod.Day => new(1, 0, false),
        SeriesPeriod.Workday => new(1, 0, true),
        SeriesPeriod.Week => new(7, 0, false),
        SeriesPeriod.Month => new(0, 1, false),
        SeriesPeriod.Quarter => new(0, 3, false),
        SeriesPeriod.Year => new(0, 12, false),
        _ => null,
    };

    /// <summary>The step that most neighbours of sorted dates have.</summary>
    public static PeriodStep Detect(IReadOnlyList<TableDate> dates)
    {
        var coarsest = dates.Max(d => d.Precision);
        if (coarsest != DatePrecision.Day)
        {
            return new(0, Math.Max(1, Middle(dates, (a, b) => MonthOf(b.Day) - MonthOf(a.Day))), false);
        }

        var days = Math.Max(1, Middle(dates, (a, b) => b.Day.DayNumber - a.Day.DayNumber));
        return days switch
        {
            1 => new(1, 0, dates.Count >= 6 && !dates.Any(d => d.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)),
            >= 28 and <= 31 => new(0, 1, false),
            >= 88 and <= 93 => new(0, 3, false),
            >= 180 and <= 185 => new(0, 6, false),
            >= 364 and <= 367 => new(0, 12, false),
            _ => new(days, 0, false),
        };
    }

    /// <summary>The period after <paramref name="day"/>.</summary>
    public DateOnly After(DateOnly day)
    {
        if (Months > 0)
        {
            return day.Day == DateTime.DaysInMonth(day.Year, day.Month) && day.Day >= 28 ? EndOfMonth(day.AddMonths(Months)) : day.AddMonths(Months);
        }

        var next = day.AddDays(Days);
        while (WorkdaysOnly && next.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            next = next.AddDays(1);
        }

        return next;
    }

    /// <summary>How many steps lie between two dates: 1 when they are neighbours. A week or more may be off by less than half a step, as holidays move a date.</summary>
    public int StepsBetween(DateOnly before, DateOnly after)
    {
        if (Months > 0)
        {
            return (int)Math.Round((MonthOf(after) - MonthOf(before)) / (double)Months, MidpointRounding.AwayFromZero);
        }

        var gap = after.DayNumber - before.DayNumber;
        if (!WorkdaysOnly)
        {
            return Days >= 5 ? (int)Math.Round(gap / (double)Days, MidpointRounding.AwayFromZero) : (gap + Days - 1) / Days;
        }

        var steps = 0;
        for (var day = before; day < after; day = day.AddDays(1))
        {
            steps += day.AddDays(1).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return steps;
    }

    private static int MonthOf(DateOnly day) => day.Year * 12 + day.Month - 1;

    private static DateOnly EndOfMonth(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    private static int Middle(IReadOnlyList<TableDate> dates, Func<TableDate, TableDate, int> distance)
    {
        int[] distances = [.. Enumerable.Range(1, dates.Count - 1).Select(i => distance(dates[i - 1], dates[i])).Order()];
        return distances[(distances.Length - 1) / 2];
    }
}

/// <summary>A dated value with the row it stands in.</summary>
internal readonly record struct DatedValue(int Row, TableDate Date, double Value);

/// <summary>Finds periods that are missing or doubled.</summary>
internal static class PeriodCheck
{
    private const int NamedAtMost = 5;

    public static Failure? Of(string column, IReadOnlyList<DatedValue> sorted, PeriodStep step)
    {
        var missing = new List<string>();
        int count = 0, before = 0, after = 0;
        for (var i = 1; i < sorted.Count; i++)
        {
            var steps = step.StepsBetween(sorted[i - 1].Date.Day, sorted[i].Date.Day);
            if (steps < 1)
            {
                return TabularFailures.SamePeriod(column, sorted[i - 1].Row, sorted[i].Row, sorted[i].Date.ToString());
            }

            if (steps > 1 && count == 0)
            {
                (before, after) = (sorted[i - 1].Row, sorted[i].Row);
            }

            count += steps - 1;
            var day = sorted[i - 1].Date.Day;
            for (var k = 1; k < steps && missing.Count < NamedAtMost; k++)
            {
                day = step.After(day);
                missing.Add(TableDate.Text(day, sorted[i].Date.Precision));
            }
        }

        return count == 0 ? null : TabularFailures.MissingPeriods(column, before, after, missing, count);
    }
}
