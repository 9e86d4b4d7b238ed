namespace IndustryBrain.Scenarios.Execution;

/// <summary>Where a For stands.</summary>
internal sealed class LoopState
{
    public long Current { get; set; }

    public required long End { get; init; }

    public required long Step { get; init; }

    public required bool IsInclusive { get; init; }

    public bool IsWithin => Step < 0
        ? IsInclusive ? Current >= End : Current > End
        : IsInclusive ? Current <= End : Current < End;
}
