using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>A step began and had not ended at the commit.</summary>
public sealed record StepBegan(string StepId, string NodeId, string Type, JsonElement? Input, DateTimeOffset At)
{
    /// <summary>Which attempt at the step, from 2; null for the first.</summary>
    public int? Attempt { get; init; }
}
