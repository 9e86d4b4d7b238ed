using System.Globalization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Texts;

/// <summary>Moments and durations as people read them: absolute, relative only under an hour.</summary>
internal static class TimeText
{
    private static readonly LocalizedText JustNow = new("刚刚", "just now");
    private static readonly LocalizedText MinutesAgo = new("{0} 分钟前", "{0} min ago");

    internal static string Moment(DateTimeOffset at, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var ago = now - at;
        if (ago < TimeSpan.FromMinutes(1) && ago > -TimeSpan.FromMinutes(1)) return JustNow.ToString();
        if (ago > TimeSpan.Zero && ago < TimeSpan.FromHours(1)) return string.Format(CultureInfo.InvariantCulture, MinutesAgo.ToString(), (int)ago.TotalMinutes);
        return Absolute(at, time, "MM-dd HH:mm");
    }

    internal static string Absolute(DateTimeOffset at, TimeProvider time, string format = "MM-dd HH:mm:ss")
    {
        var local = TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
        var sameYear = local.Year == TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone).Year;
        return local.ToString(sameYear ? format : "yyyy-" + format, CultureInfo.InvariantCulture);
    }

    internal static string Duration(TimeSpan span)
    {
        var (hours, minutes) = ((int)span.TotalHours, (int)span.TotalMinutes);
        return span.TotalMilliseconds switch
        {
            < 1 => "< 1 ms",
            < 1000 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms"),
            < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
            < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{minutes} min {span.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{hours} h {span.Minutes:00} min"),
        };
    }
}
