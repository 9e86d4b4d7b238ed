using System.Globalization;

namespace SteppedClock;

/// <summary>The system's clock, set off by the seconds in a file that may change at any time; timers stay real, as they do when a machine's clock is set.</summary>
internal sealed class SteppedTime(string file) : TimeProvider
{
    private const int LookEvery = 100;

    private long _lookedAt = -LookEvery;
    private long _offset;

    public override DateTimeOffset GetUtcNow()
    {
        var now = Environment.TickCount64;
        if (now - Interlocked.Read(ref _lookedAt) >= LookEvery)
        {
            Interlocked.Exchange(ref _lookedAt, now);
            if (Read() is { } seconds)
                Interlocked.Exchange(ref _offset, (long)(seconds * TimeSpan.TicksPerSecond));
        }

        return base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));
    }

    // Whoever writes it may be in the middle of that: the next look will see.
    private double? Read()
    {
        try
        {
            return double.TryParse(File.ReadAllText(file), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
