using System.Globalization;

namespace IndustryBrain.Plugins.Tabular;

/// <summary>The days around the public holidays of China on which markets may be closed. The exact days are announced anew each year, so each window is as wide as they have been.</summary>
internal static class ChineseHolidays
{
    private static readonly ChineseLunisolarCalendar Lunar = new();

    /// <summary>True when a market may be closed on that weekday.</summary>
    public static bool MayClose(DateOnly day) =>
        (day.Month, day.Day) switch
        {
            (12, >= 30) or (1, <= 3) => true,
            (4, >= 2 and <= 7) => true,
            (4, >= 29) or (5, <= 6) => true,
            (9, >= 29) or (10, <= 9) => true,
            _ => Near(day, month: 1, lunarDay: 1, before: 3, after: 9) || Near(day, month: 5, lunarDay: 5, before: 3, after: 3) || Near(day, month: 8, lunarDay: 15, before: 3, after: 3),
        };

    private static bool Near(DateOnly day, int month, int lunarDay, int before, int after)
    {
        if (day.Year <= Lunar.MinSupportedDateTime.Year || day.Year >= Lunar.MaxSupportedDateTime.Year)
        {
            return false;
        }

        // A leap month shifts the numbers of the months behind it.
        var leap = Lunar.GetLeapMonth(day.Year);
        var feast = DateOnly.FromDateTime(Lunar.ToDateTime(day.Year, leap > 0 && month >= leap ? month + 1 : month, lunarDay, 0, 0, 0, 0));
        return day >= feast.AddDays(-before) && day <= feast.AddDays(after);
    }
}
