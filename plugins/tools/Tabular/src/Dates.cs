using System.Globalization;
using System.Text.RegularExpressions;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>How exact a date is.</summary>
internal enum DatePrecision
{
    Day,
    Month,
    Quarter,
    Year,
}

/// <summary>A date of a table: its first day, how exact it is, and the time of day that stands behind it, 24:00 included.</summary>
internal readonly record struct TableDate(DateOnly Day, DatePrecision Precision, TimeSpan Time = default)
{
    public override string ToString() => Text(Day, Precision);

    /// <summary>The date with its time, to the minute, or to the second where it has some.</summary>
    public string ToMoment() => (Day.ToDateTime(TimeOnly.MinValue) + Time).ToString(Time.Seconds == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Text(DateOnly day, DatePrecision precision) => precision switch
    {
        DatePrecision.Month => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        DatePrecision.Quarter => string.Create(CultureInfo.InvariantCulture, $"{day.Year}-Q{(day.Month + 2) / 3}"),
        DatePrecision.Year => day.Year.ToString(CultureInfo.InvariantCulture),
        _ => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}

/// <summary>Reads dates as people write them.</summary>
internal static partial class Dates
{
    // Excel counts days from here; 20 000 is in 1954, 80 000 in 2119.
    private static readonly DateOnly SerialZero = new(1899, 12, 30);

    // The Gregorian calendar's first whole year, and far enough for any plan.
    private const int FirstYear = 1583;
    private const int LastYear = 2999;

    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>The date in the cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="inDateColumn">True when the column is known to hold dates: then bare numbers are years, yyyyMM, yyyyMMdd or Excel serials.</param>
    /// <param name="date">The date.</param>
    public static bool TryRead(object? cell, bool inDateColumn, out TableDate date)
    {
        date = default;
        switch (cell)
        {
            case DateTime moment:
                // A workbook counts days in binary fractions: a full hour may be some milliseconds short of it.
                date = new(DateOnly.FromDateTime(moment), DatePrecision.Day, TimeSpan.FromSeconds((long)Math.Round(moment.TimeOfDay.TotalSeconds)));
                return true;
            case double number:
                return inDateColumn && number == Math.Floor(number) && TryBare(number.ToString(CultureInfo.InvariantCulture), out date);
            case string raw:
                var text = CellText.HalfWidth(raw);
                return (inDateColumn && TryBare(text, out date)) || TryWritten(text, inDateColumn, out date);
            default:
                return false;
        }
    }

    private static bool TryBare(string text, out TableDate date)
    {
        date = default;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        return text.Length switch
        {
            4 when number is >= 1900 and <= 2199 => Make(number, 1, 1, DatePrecision.Year, out date),
            5 when number is >= 20_000 and <= 80_000 => Serial(number, out date),
            6 when number / 100 is >= 1900 and <= 2199 => Make(number / 100, number % 100, 1, DatePrecision.Month, out date),
            8 => Make(number / 10_000, number / 100 % 100, number % 100, DatePrecision.Day, out date),
            _ => false,
        };
    }

    private static bool Serial(int number, out TableDate date)
    {
        date = new(SerialZero.AddDays(number), DatePrecision.Day);
        return true;
    }

    private static bool TryWritten(string text, bool inDateColumn, out TableDate date)
    {
        date = default;
        if (Written().Match(text) is { Success: true } day)
        {
            // 2026.5 is a number unless the column is known to hold dates.
            if (!day.Groups[3].Success && !inDateColumn && text.Contains('.', StringComparison.Ordinal))
            {
                return false;
            }

            return day.Groups[3].Success
                ? Make(Number(day, 1), Number(day, 2), Number(day, 3), DatePrecision.Day, out date) && TryTime(day, ref date)
                : Make(Number(day, 1), Number(day, 2), 1, DatePrecision.Month, out date);
        }

        if (Quarter().Match(text) is { Success: true } quarter)
        {
            return Make(Number(quarter, 1), QuarterOf(quarter.Groups[2].ValueSpan[0]) * 3 - 2, 1, DatePrecision.Quarter, out date);
        }

        if (Week().Match(text) is { Success: true } week)
        {
            var (weekYear, number) = (Number(week, 1), int.Parse(week.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture));
            return weekYear is >= FirstYear and <= LastYear && number >= 1 && number <= ISOWeek.GetWeeksInYear(weekYear)
                && Made(DateOnly.FromDateTime(ISOWeek.ToDateTime(weekYear, number, DayOfWeek.Monday)), out date);
        }

        if (English().Match(text) is { Success: true } english && Array.FindIndex(Months, m => m.StartsWith(english.Groups["m"].Value, StringComparison.OrdinalIgnoreCase)) is >= 0 and var month)
        {
            var year4 = int.Parse(english.Groups["y"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            return english.Groups["d"] is { Success: true } dayOf
                ? Make(year4, month + 1, int.Parse(dayOf.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), DatePrecision.Day, out date)
                : Make(year4, month + 1, 1, DatePrecision.Month, out date);
        }

        return YearOnly().Match(text) is { Success: true } year && Make(Number(year, 1), 1, 1, DatePrecision.Year, out date);
    }

    // An offset is left out: within one series it is the same, and the times are shown as they were written.
    private static bool TryTime(Match match, ref TableDate date)
    {
        if (!match.Groups["h"].Success)
        {
            return true;
        }

        int hours = Part("h"), minutes = Part("min"), seconds = match.Groups["s"].Success ? Part("s") : 0;
        // 24:00 is how many a log writes the end of a day.
        if (hours > 24 || minutes > 59 || seconds > 59 || (hours == 24 && minutes + seconds > 0))
        {
            return false;
        }

        date = date with { Time = new TimeSpan(hours, minutes, seconds) };
        return true;

        int Part(string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static bool Made(DateOnly day, out TableDate date)
    {
        date = new(day, DatePrecision.Day);
        return true;
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int QuarterOf(char digit) => digit <= '9' ? digit - '0' : "一二三四".IndexOf(digit, StringComparison.Ordinal) + 1;

    private static bool Make(int year, int month, int day, DatePrecision precision, out TableDate date)
    {
        date = default;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new(new DateOnly(year, month, day), precision);
        return true;
    }

    [GeneratedRegex(@"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:月|[-/.月]\s*(\d{1,2})\s*日?(?:[ T]+(?<h>\d{1,2}):(?<min>\d{2})(?::(?<s>\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"^(\d{4})\s*(?:年第?\s*|[-/ ])?\s*[Qq]?([1-4一二三四])(?<=[Qq]\d|年第?\s*[\d一二三四])\s*(?:季度?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Quarter();

    // A week is its Monday (ISO 8601).
    [GeneratedRegex(@"^(\d{4})\s*(?:[-/ ]?\s*[Ww](?<n>\d{1,2})|年\s*第?\s*(?<n>\d{1,2})\s*周)$", RegexOptions.CultureInvariant)]
    private static partial Regex Week();

    // The order of day and month is plain only where the month is a word.
    [GeneratedRegex(@"^(?:(?<d>\d{1,2})[-/. ]+(?<m>[A-Za-z]{3,9})\.?[-/., ]+|(?<m>[A-Za-z]{3,9})\.?[-/ ]+(?:(?<d>\d{1,2})(?:,\s*|\s+))?)(?<y>\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [GeneratedRegex(@"^(\d{4})年$", RegexOptions.CultureInvariant)]
    private static partial Regex YearOnly();
}
