using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>How often a step is tried before it breaks its run: <c>customProperties.industryBrain.retry</c> of its activity.</summary>
internal sealed record StepPolicy
{
    public const int MostAttempts = 100;
    public const double MostFactor = 100;
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(30);

    /// <summary>Attempts in all, the first among them.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Before the second attempt.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By which the delay grows with each further attempt.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The longest delay.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The part of a delay that chance may take off, from 0 to 1.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>True when every failure is tried again; else those that are transient, or of <see cref="Codes"/>.</summary>
    public bool TakesAll { get; init; }

    /// <summary>Codes of the failures that are tried again; null for the transient ones.</summary>
    public string[]? Codes { get; init; }

    public bool Takes(Failure failure) => TakesAll || (Codes is { } codes ? codes.Contains(failure.Code, StringComparer.Ordinal) : failure.IsTransient);

    /// <summary>The delay before an attempt.</summary>
    /// <param name="attempt">Which, from 2.</param>
    /// <param name="firstDelay">Before the second.</param>
    /// <param name="factor">By which it grows.</param>
    /// <param name="maxDelay">The longest.</param>
    public static TimeSpan DelayBefore(int attempt, TimeSpan firstDelay, double factor, TimeSpan maxDelay)
    {
        var ticks = firstDelay.Ticks * Math.Pow(factor, attempt - 2);
        return TimeSpan.FromTicks((long)Math.Clamp(double.IsNaN(ticks) ? 0 : ticks, 0, maxDelay.Ticks));
    }

    /// <summary>Takes off what chance says. The same attempt at the same step of a run always waits as long, on whichever node it is worked out.</summary>
    public static TimeSpan Jittered(TimeSpan delay, double jitter, string runId, string stepId, int attempt)
    {
        if (!(jitter > 0) || delay <= TimeSpan.Zero)
            return delay;
        var chance = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{runId}:{stepId}:{attempt}")))) / (uint.MaxValue + 1d);
        return delay * (1 - (Math.Min(jitter, 1) * chance));
    }
}
