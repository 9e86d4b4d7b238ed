namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>What a step waited for came.</summary>
public sealed record StepContinued(string StepId, string BookmarkId, DateTimeOffset At)
{
    /// <summary>The request that came, or null for anything else.</summary>
    public Guid? RequestId { get; init; }
}
