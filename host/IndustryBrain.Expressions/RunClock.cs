using Jint.Runtime;

namespace IndustryBrain.Expressions;

/// <summary>What <c>Date</c> says the time is: that of the run's clock.</summary>
internal sealed class RunClock(ITimeSystem dates) : ITimeSystem
{
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public TimeZoneInfo DefaultTimeZone => dates.DefaultTimeZone;

    public DateTimeOffset GetUtcNow() => Time.GetUtcNow();

    public TimeSpan GetUtcOffset(long epochMilliseconds) => dates.GetUtcOffset(epochMilliseconds);

    public bool TryParse(string date, out long epochMilliseconds) => dates.TryParse(date, out epochMilliseconds);
}
