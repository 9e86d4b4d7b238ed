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

    /// <summary>Monday to Friday, closed on holidays.</summary>
    [Label("交易日（周末与节假日休市）", "Trading day (closed at weekends and on holidays)"), JsonStringEnumMemberName("trading-day")] TradingDay,

    /// <summary>Every week.</summary>
    [Label("周", "Week"), JsonStringEnumMemberName("week")] Week,

    /// <summary>Every month.</summary>
    [Label("月", "Month"), JsonStringEnumMemberName("month")] Month,

    /// <summary>Every quarter.</summary>
    [Label("季", "Quarter"), JsonStringEnumMemberName("quarter")] Quarter,

    /// <summary>Every year.</summary>
    [Label("年", "Year"), JsonStringEnumMemberName("year")] Year,
}

/// <summary>A dated value with the row it stands in.</summary>
internal readonly record struct DatedValue(int Row, TableDate Date, double Value);

/// <summary>Finds periods that are missing or doubled.</summary>
internal static class PeriodCheck
{
    private const int NamedAtMost = 5;

    /// <summary>The first period of the clock that is doubled, else those that are missing.</summary>
    public static Failure? Of(string column, IReadOnlyList<DatedValue> sorted, ClockStep step)
    {
        var missing = new List<string>();
        long count = 0;
        int before = 0, after = 0;
        for (var i = 1; i < sorted.Count; i++)
        {
            var steps = step.StepsBetween(sorted[i - 1].Date, sorted[i].Date);
            if (steps == 0)
            {
                return TabularFailures.SamePeriod(column, sorted[i - 1].Row, sorted[i].Row, sorted[i].Date.ToMoment());
            }

            if (steps > 1 && count == 0)
            {
                (before, after) = (sorted[i - 1].Row, sorted[i].Row);
            }

            count += steps - 1;
            var moment = sorted[i - 1].Date;
            for (var k = 1; k < steps && missing.Count < NamedAtMost; k++)
            {
                moment = step.After(moment);
                missing.Add(moment.ToMoment());
            }
        }

        return count == 0 ? null : TabularFailures.MissingPeriods(column, before, after, missing, count, ofWorkdays: false);
    }

    public static Failure? Of(string column, IReadOnlyList<DatedValue> sorted, PeriodStep step)
    {
        var missing = new List<string>();
        int count = 0, before = 0, after = 0;
        for (var i = 1; i < sorted.Count; i++)
        {
            var (last, next) = (sorted[i - 1].Date.Day, sorted[i].Date.Day);
            if (step.IsSame(last, next))
            {
                return TabularFailures.SamePeriod(column, sorted[i - 1].Row, sorted[i].Row, sorted[i].Date.ToString());
            }

            foreach (var day in step.Missing(last, next))
            {
                if (count++ == 0)
                {
                    (before, after) = (sorted[i - 1].Row, sorted[i].Row);
                }

                if (missing.Count < NamedAtMost)
                {
                    missing.Add(TableDate.Text(day, sorted[i].Date.Precision));
                }
            }
        }

        return count == 0 ? null : TabularFailures.MissingPeriods(column, before, after, missing, count, step.Open is OpenDays.Workdays or OpenDays.ChineseTrading);
    }
}
