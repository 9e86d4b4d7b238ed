using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Scenarios.Definitions;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>The runs of a scenario that share a limit.</summary>
/// <param name="Scope">Key of the organization's environment.</param>
/// <param name="DefinitionId">The scenario.</param>
/// <param name="Key">What they have in common.</param>
internal sealed record StartKey(string Scope, string DefinitionId, string Key)
{
    /// <summary>The lock under which it is read and written, among those of events.</summary>
    public long Lock => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Scope}\n{DefinitionId}\nstart\n{Key}")));
}

/// <summary>How the runs of a key stand.</summary>
/// <param name="Running">Runs that have a place, oldest first.</param>
/// <param name="Held">Runs that wait for one, oldest first.</param>
/// <param name="Starts">When the last runs started, or will, oldest first.</param>
internal sealed record KeyState(IReadOnlyList<Guid> Running, IReadOnlyList<Guid> Held, IReadOnlyList<DateTimeOffset> Starts);

/// <summary>What becomes of a start.</summary>
/// <param name="Refused">Why there is no run for it; null when there is one.</param>
/// <param name="RetryAfter">After what time another try may succeed; zero when nobody can tell.</param>
/// <param name="At">When it may begin at the earliest.</param>
/// <param name="IsHeld">True when it waits for a place.</param>
/// <param name="Cancels">The runs whose place it takes.</param>
internal sealed record StartDecision(Sdk.Failure? Refused, TimeSpan RetryAfter, DateTimeOffset At, bool IsHeld, IReadOnlyList<Guid> Cancels)
{
    /// <summary>Decides what becomes of a start.</summary>
    /// <param name="activityId">The trigger.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="state">How the runs of its key stand.</param>
    /// <param name="now">The time.</param>
    /// <param name="maxHeld">Runs of one key that may wait.</param>
    public static StartDecision Of(string activityId, StartLimits limits, KeyState state, DateTimeOffset now, int maxHeld)
    {
        var at = now;
        if (limits is { RateLimit: { } rate, RatePeriod: { } period } && state.Starts.Count >= rate && state.Starts[^rate] + period > now)
        {
            at = state.Starts[^rate] + period;
            if (limits.Policy == StartPolicy.Drop)
                return Refuse(StartRefusals.TooOften(activityId, rate, period), at - now);
            if ((at - now) / period * rate >= maxHeld)
                return Refuse(StartRefusals.QueueFull(activityId, maxHeld), at - now);
        }

        var isFull = state.Running.Count >= limits.MaxConcurrent;
        switch (limits.Policy)
        {
            case StartPolicy.Drop when isFull || state.Held.Count > 0:
                return Refuse(StartRefusals.Concurrent(activityId, limits.MaxConcurrent), TimeSpan.Zero);
            case StartPolicy.Queue when isFull && state.Held.Count >= maxHeld:
                return Refuse(StartRefusals.QueueFull(activityId, maxHeld), TimeSpan.Zero);
            case StartPolicy.Queue:
                return new(null, TimeSpan.Zero, at, isFull || state.Held.Count > 0, []);
            case StartPolicy.CancelPrevious:
                Guid[] before = [.. state.Running, .. state.Held];
                return new(null, TimeSpan.Zero, at, isFull, [.. before.Take(before.Length - limits.MaxConcurrent + 1)]);
            default:
                return new(null, TimeSpan.Zero, at, false, []);
        }
    }

    private static StartDecision Refuse(Sdk.Failure failure, TimeSpan retryAfter) => new(failure, retryAfter, default, false, []);
}
