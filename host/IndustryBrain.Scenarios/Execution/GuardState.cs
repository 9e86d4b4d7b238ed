using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Where a Try, a Retry or a Saga stands.</summary>
internal sealed class GuardState
{
    public GuardPhase Phase { get; set; }

    /// <summary>Which attempt of a Retry is running, from 1.</summary>
    public int Attempt { get; set; }

    /// <summary>How often a Retry tries.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>Before the second attempt.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>By which the delay grows with each further attempt.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The longest delay.</summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>The part of a delay that chance may take off, from 0 to 1.</summary>
    public double Jitter { get; init; }

    /// <summary>Codes of the failures that are tried again; empty for all.</summary>
    public string[] Codes { get; init; } = [];

    /// <summary>The fault that goes on when a Finally or the compensations are done; null for none.</summary>
    public Incident? Pending { get; set; }

    /// <summary>What undoes the parts of a Saga that are done, the last one done at the end.</summary>
    public List<ActivityNode> Undo { get; } = [];
}

internal enum GuardPhase
{
    /// <summary>The body runs: a fault below is this guard's.</summary>
    Body,

    /// <summary>The Catch of a Try runs; a fault in it is followed by the Finally.</summary>
    Catch,

    /// <summary>The Finally, or a compensation, runs: a fault in it is not this guard's.</summary>
    End,

    /// <summary>A Retry waits for its next attempt.</summary>
    Pause,
}
