namespace IndustryBrain.Cli.Testing;

/// <summary>A clock that stands still until it is moved on.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves on to a time; never back.</summary>
    public void MoveTo(DateTimeOffset time) => _now = time > _now ? time : _now;
}
