using Cronos;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Cron expressions as Elsa takes them: six fields, the first of them seconds, in UTC.</summary>
internal static class CronTimes
{
    /// <summary>What is wrong with an expression; null when nothing is.</summary>
    public static string? Problem(string expression)
    {
        try
        {
            CronExpression.Parse(expression, CronFormat.IncludeSeconds);
            return null;
        }
        catch (CronFormatException e)
        {
            return Message(e);
        }
    }

    /// <summary>The first time after <paramref name="from"/>; null when there is none.</summary>
    /// <exception cref="ActivityFaultException">The expression cannot be read.</exception>
    public static DateTimeOffset? Next(string expression, DateTimeOffset from)
    {
        try
        {
            return CronExpression.Parse(expression, CronFormat.IncludeSeconds).GetNextOccurrence(from, TimeZoneInfo.Utc);
        }
        catch (CronFormatException e)
        {
            throw new ActivityFaultException(ScenarioFailures.BadCron(expression, Message(e)));
        }
    }

    // The end of a text that is too short is named as the character that it is for the parser.
    private static string Message(CronFormatException e) => e.Message.Replace("'\0'", "the end", StringComparison.Ordinal).Replace('\0', ' ');
}
