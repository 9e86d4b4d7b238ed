using System.Globalization;
using System.Text;

namespace IndustryBrain.Plugins.Tabular.Tests;

/// <summary>Which missing day is a gap, and which one was a holiday.</summary>
public sealed class SeriesPeriodsTests
{
    private readonly ReadSeries _component = new();

    [Theory]
    [InlineData(2020, "2020-01-24", "2020-02-02")]
    [InlineData(2024, "2024-02-09", "2024-02-16")]
    [InlineData(2023, "2023-09-29", "2023-10-06")]
    [InlineData(2025, "2025-10-01", "2025-10-08")]
    [InlineData(2025, "2025-05-31", "2025-06-02")]
    public async Task Read_WeekdaysWithChineseHolidays_AreTradingDays(int year, string closedFrom, string closedTo)
    {
        var (from, to) = (Day(closedFrom), Day(closedTo));
        var days = Days(year).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && (d < from || d > to)).ToArray();

        var output = await _component.OutputAsync(new { file = CallContext.File }, File(days));

        Assert.Equal(days.Length, output.GetProperty("count").GetInt32());
        Assert.Equal("trading-day", output.GetProperty("step").GetString());
        Assert.DoesNotContain(output.GetProperty("nextDates").EnumerateArray(), d => Day(d.GetString()!).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    [Fact]
    public async Task Read_WeekendThatMakesUpForAHoliday_IsATradingDay()
    {
        var days = Days(2024).Where(d => d == new DateOnly(2024, 2, 4) || d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToArray();

        Assert.Equal(days.Length, (await _component.OutputAsync(new { file = CallContext.File }, File(days))).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Read_OrdinaryWeekdayMissing_IsAGapUnlessTheMarketWasClosed()
    {
        var days = Days(2024).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && d != new DateOnly(2024, 7, 10)).ToArray();
        var row = Array.FindIndex(days, d => d > new DateOnly(2024, 7, 10)) + 2;

        var failure = await _component.RefusalAsync(new { file = CallContext.File }, File(days));

        Assert.Equal("IB7101", failure.Code);
        Assert.Equal($"第 {row - 1} 行与第 {row} 行之间缺少 2024-07-10。", failure.Message.Zh);
        Assert.Contains("trading-day", failure.Action!.Zh, StringComparison.Ordinal);
        Assert.Equal(days.Length, (await _component.OutputAsync(new { file = CallContext.File, period = "trading-day" }, File(days))).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Read_TradingDaysWithAMonthMissing_AreRefused()
    {
        var days = Days(2024).Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && d.Month != 7).ToArray();

        var failure = await _component.RefusalAsync(new { file = CallContext.File, period = "trading-day" }, File(days));

        Assert.Equal("IB7101", failure.Code);
        Assert.Contains("2024-07-01", failure.Message.Zh, StringComparison.Ordinal);
        Assert.Contains("23 periods", failure.Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workday", false)]
    [InlineData("day", false)]
    [InlineData("none", true)]
    [InlineData("trading-day", true)]
    public async Task Read_AcrossNewYear_DependsOnThePeriod(string period, bool isRead)
    {
        var context = CallContext.Utf8("日期,价格\n2024-02-07,1\n2024-02-08,2\n2024-02-19,3\n2024-02-20,4\n");
        var input = new { file = CallContext.File, period };

        if (isRead)
        {
            Assert.Equal(4, (await _component.OutputAsync(input, context)).GetProperty("count").GetInt32());
        }
        else
        {
            Assert.Equal("IB7101", (await _component.RefusalAsync(input, context)).Code);
        }
    }

    [Fact]
    public async Task Read_WeeksWithoutTheOneOfNewYear_GoOnRowByRow()
    {
        DateOnly[] weeks = [.. Enumerable.Range(0, 12).Select(i => new DateOnly(2026, 1, 2).AddDays(7 * i)).Where(d => d != new DateOnly(2026, 2, 20))];

        var failure = await _component.RefusalAsync(new { file = CallContext.File }, File(weeks));
        var output = await _component.OutputAsync(new { file = CallContext.File, period = "none" }, File(weeks));

        Assert.Equal(("IB7101", "第 8 行与第 9 行之间缺少 2026-02-20。"), (failure.Code, failure.Message.Zh));
        Assert.Contains("（none）", failure.Action!.Zh, StringComparison.Ordinal);
        Assert.Contains("period to none", failure.Action.En, StringComparison.Ordinal);
        Assert.Equal("none", output.GetProperty("step").GetString());
        Assert.Equal("2026-03-27", output.GetProperty("nextDates")[0].GetString());
    }

    [Fact]
    public async Task Read_HoursNewestFirst_AreTurnedRound()
    {
        var output = await _component.OutputAsync(new { file = CallContext.File, period = "none" }, CallContext.Utf8("时间,价格\n2026-01-02 02:00,4\n2026-01-02 01:00,3\n2026-01-01 02:00,2\n2026-01-01 01:00,1\n"));

        Assert.Equal([1, 2, 3, 4], output.Numbers("values"));
        Assert.Empty(output.GetProperty("nextDates").EnumerateArray());
    }

    [Theory]
    [InlineData("2026-01-01 22:00,1|2026-01-01 23:00,2|2026-01-02 00:00,3|2026-01-02 01:00,4", "hour", "2026-01-02 02:00")]
    [InlineData("2026-01-02 01:00,4|2026-01-02 00:00,3|2026-01-01 23:00,2|2026-01-01 22:00,1", "hour", "2026-01-02 02:00")]
    [InlineData("2026/1/1 0:00,1|2026/1/1 4:00,2|2026/1/1 8:00,3", "4 hours", "2026-01-01 12:00")]
    [InlineData("2026-01-01T23:15:00+08:00,1|2026-01-01T23:30:00+08:00,2|2026-01-01T23:45:00+08:00,3", "15 minutes", "2026-01-02 00:00")]
    [InlineData("2026-01-01 08:00,1|2026-01-01 08:01,2|2026-01-01 08:02,3", "minute", "2026-01-01 08:03")]
    [InlineData("2026-01-01 08:00:00,1|2026-01-01 08:00:30,2|2026-01-01 08:01:00,3", "30 seconds", "2026-01-01 08:01:30")]
    [InlineData("2026-01-01 23:00,1|2026-01-01 24:00,2|2026-01-02 01:00,3", "hour", "2026-01-02 02:00")]
    public async Task Read_TimesAtEvenDistances_AreTheirOwnStep(string rows, string step, string next)
    {
        var output = await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8("时间,价格\n" + rows.Replace('|', '\n')));

        Assert.Equal(Enumerable.Range(1, rows.Split('|').Length).Select(i => (double)i), output.Numbers("values"));
        Assert.Equal((step, next), (output.GetProperty("step").GetString(), output.GetProperty("nextDates")[0].GetString()));
        Assert.Matches("^2026-01-01 ..:..$", output.GetProperty("dates")[0].GetString()!);
    }

    [Theory]
    [InlineData("2026-01-01 01:00,1|2026-01-01 02:00,2|2026-01-01 03:00,3|2026-01-01 06:00,4", "IB7101", "第 4 行与第 5 行之间缺少 2026-01-01 04:00，全部共缺 2 期：2026-01-01 04:00、2026-01-01 05:00。")]
    [InlineData("2026-01-01 01:00,1|2026-01-01 02:00,2|2026-01-01 02:00,3", "IndustryBrain.Tabular:SAME_PERIOD", "第 3 行和第 4 行是同一期：2026-01-01 02:00。")]
    [InlineData("2026-01-01 01:00,1|2026-01-01 02:00,2|2026-01-01 03:17,3", "IndustryBrain.Tabular:SAME_PERIOD", "第 2 行和第 3 行是同一期：2026-01-01。")]
    [InlineData("2026-01-01 01:00,1|2026-01-01 25:00,2|2026-01-01 03:00,3", "IB7102", "第 3 行「时间」不是日期：'2026-01-01 25:00'。")]
    public async Task Read_TimesThatDoNotFit_AreRefusedWithTheWayOn(string rows, string code, string message)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8("时间,价格\n" + rows.Replace('|', '\n')));

        Assert.Equal((code, message), (failure.Code, failure.Message.Zh));
        Assert.Equal(code != "IB7102", failure.Action!.Zh.Contains("（none）", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_OneTimeADay_StaysDaily()
    {
        var output = await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8("时间,价格\n2026-01-01 15:00,1\n2026-01-02 15:01,2\n2026-01-03 15:00,3\n"));

        Assert.Equal(("day", "2026-01-01", "2026-01-04"), (output.GetProperty("step").GetString(), output.GetProperty("startDate").GetString(), output.GetProperty("nextDates")[0].GetString()));
    }

    [Theory]
    [InlineData("1 Jan 2026", "01-Feb-2026", "1 March 2026", "month", "2026-04-01")]
    [InlineData("Jan 1, 2026", "Feb. 1, 2026", "Sept 1, 2026", null, null)]
    [InlineData("Jan 2026", "Feb-2026", "Mar 2026", "month", "2026-04")]
    [InlineData("2026-W01", "2026W02", "2026年第3周", "week", "2026-01-19")]
    [InlineData("2020-W52", "2020-W53", "2021-W01", "week", "2021-01-11")]
    public async Task Read_DatesInWords_AreDates(string first, string second, string third, string? step, string? next)
    {
        var file = CallContext.Utf8($"日期,价格\n\"{first}\",1\n\"{second}\",2\n\"{third}\",3\n");
        if (step is null)
        {
            Assert.Contains("2026-03-01", (await _component.RefusalAsync(new { file = CallContext.File }, file)).Message.Zh, StringComparison.Ordinal);
            return;
        }

        var output = await _component.OutputAsync(new { file = CallContext.File }, file);

        Assert.Equal((step, next), (output.GetProperty("step").GetString(), output.GetProperty("nextDates")[0].GetString()));
    }

    [Theory]
    [InlineData("2026-W54")]
    [InlineData("1/2/2026")]
    [InlineData("Foo 1, 2026")]
    [InlineData("30 Feb 2026")]
    [InlineData("合计")]
    public async Task Read_NoDateOrTwoPossibleOnes_IsRefusedByRow(string text)
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, CallContext.Utf8($"日期,价格\n2026-01-01,1\n2026-02-01,2\n\"{text}\",3\n"));

        Assert.Equal(("IB7102", "row 4, 日期"), (failure.Code, failure.Where));
    }

    [Fact]
    public async Task Read_FridayToTuesday_NeedsNoWeekend() =>
        Assert.Equal("trading-day", (await _component.OutputAsync(new { file = CallContext.File }, CallContext.Utf8("日期,价格\n2026-11-20,1\n2026-11-23,2\n2026-11-24,3\n2026-11-25,4\n"))).GetProperty("step").GetString());

    [Fact]
    public async Task Read_EachDayWithOneMissing_NamesIt()
    {
        var failure = await _component.RefusalAsync(new { file = CallContext.File }, File([.. Days(2024).Where(d => d != new DateOnly(2024, 2, 10))]));

        Assert.Contains("2024-02-10", failure.Message.Zh, StringComparison.Ordinal);
    }

    private static IEnumerable<DateOnly> Days(int year) => Enumerable.Range(0, 366).Select(i => new DateOnly(year, 1, 1).AddDays(i)).Where(d => d.Year == year);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CallContext File(DateOnly[] days)
    {
        var text = new StringBuilder("日期,收盘价\n");
        foreach (var (index, day) in days.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{100 + index}\n");
        }

        return CallContext.Utf8(text.ToString());
    }
}
