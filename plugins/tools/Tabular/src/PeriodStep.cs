namespace IndustryBrain.Plugins.Tabular;

/// <summary>On which days a daily series has a value.</summary>
internal enum OpenDays
{
    /// <summary>Each day.</summary>
    All,

    /// <summary>Each day from Monday to Friday.</summary>
    Workdays,

    /// <summary>As workdays, but it may be closed around Chinese holidays, and open on a weekend that makes up for one.</summary>
    ChineseTrading,

    /// <summary>A weekday without a value was closed; only a long gap is one.</summary>
    AnyTrading,
}

/// <summary>The step of dated rows: some days, or some months.</summary>
internal sealed record PeriodStep(int Days, int Months, OpenDays Open = OpenDays.All)
{
    // The longest closures of Chinese exchanges, New Year with its weekends, were eleven days.
    private const int LongestClosure = 15;


    /// <summary>The name of the step, such as <c>week</c> or <c>10 days</c>.</summary>
    public string Name => this switch
    {
        { Open: OpenDays.Workdays } => "workday",
        { Open: OpenDays.ChineseTrading or OpenDays.AnyTrading } => "trading-day",
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
        SeriesPeriod.Day => new(1, 0),
        SeriesPeriod.Workday => new(1, 0, OpenDays.Workdays),
        SeriesPeriod.TradingDay => new(1, 0, OpenDays.AnyTrading),
        SeriesPeriod.Week => new(7, 0),
        SeriesPeriod.Month => new(0, 1),
        SeriesPeriod.Quarter => new(0, 3),
        SeriesPeriod.Year => new(0, 12),
        _ => null,
    };

    /// <summary>The step that most neighbours of sorted dates have.</summary>
    public static PeriodStep Detect(IReadOnlyList<TableDate> dates)
    {
        var coarsest = dates.Max(d => d.Precision);
        if (coarsest != DatePrecision.Day)
        {
            return new(0, Math.Max(1, Middle(dates, (a, b) => MonthOf(b.Day) - MonthOf(a.Day))));
        }

        var days = Math.Max(1, Middle(dates, (a, b) => b.Day.DayNumber - a.Day.DayNumber));
        return days switch
        {
            1 => new(1, 0, IsOfTradingDays(dates) ? OpenDays.ChineseTrading : OpenDays.All),
            >= 28 and <= 31 => new(0, 1),
            >= 88 and <= 93 => new(0, 3),
            >= 180 and <= 185 => new(0, 6),
            >= 364 and <= 367 => new(0, 12),
            _ => new(days, 0),
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
        while (Open != OpenDays.All && IsWeekend(next))
        {
            next = next.AddDays(1);
        }

        return next;
    }

    /// <summary>The periods that are missing between two different dates. A week or more may be off by less than half a step, as holidays move a date.</summary>
    public IEnumerable<DateOnly> Missing(DateOnly before, DateOnly after)
    {
        if (Open == OpenDays.All)
        {
            var steps = StepsBetween(before, after);
            for (var k = 1; k < steps; k++)
            {
                before = After(before);
                yield return before;
            }

            yield break;
        }

        var isClosure = Open == OpenDays.AnyTrading && after.DayNumber - before.DayNumber <= LongestClosure;
        for (var day = before.AddDays(1); day < after && !isClosure; day = day.AddDays(1))
        {
            if (!IsWeekend(day) && (Open == OpenDays.Workdays || !ChineseHolidays.MayClose(day)))
            {
                yield return day;
            }
        }
    }

    /// <summary>True when both dates are of one period.</summary>
    public bool IsSame(DateOnly before, DateOnly after) => before == after || (Open == OpenDays.All && StepsBetween(before, after) < 1);

    private int StepsBetween(DateOnly before, DateOnly after)
    {
        if (Months > 0)
        {
            return (int)Math.Round((MonthOf(after) - MonthOf(before)) / (double)Months, MidpointRounding.AwayFromZero);
        }

        var gap = after.DayNumber - before.DayNumber;
        return Days >= 5 ? (int)Math.Round(gap / (double)Days, MidpointRounding.AwayFromZero) : (gap + Days - 1) / Days;
    }

    // Weekdays only, over a span that holds a weekend; a few weekend days make up for a holiday.
    private static bool IsOfTradingDays(IReadOnlyList<TableDate> dates)
    {
        var weekend = dates.Count(d => IsWeekend(d.Day));
        return weekend * 20 <= dates.Count && dates.Zip(dates.Skip(1)).Any(p => Enumerable.Range(p.First.Day.DayNumber + 1, Math.Clamp(p.Second.Day.DayNumber - p.First.Day.DayNumber - 1, 0, 7)).Any(n => IsWeekend(DateOnly.FromDayNumber(n))));
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static int MonthOf(DateOnly day) => day.Year * 12 + day.Month - 1;

    private static DateOnly EndOfMonth(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    private static int Middle(IReadOnlyList<TableDate> dates, Func<TableDate, TableDate, int> distance)
    {
        int[] distances = [.. Enumerable.Range(1, dates.Count - 1).Select(i => distance(dates[i - 1], dates[i])).Order()];
        return distances[(distances.Length - 1) / 2];
    }
}
