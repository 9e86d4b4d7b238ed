using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>A step ended as intended.</summary>
/// <param name="StepId">Its id.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="At">When.</param>
/// <param name="Output">Output of a component call, or the result of a control-flow activity that has one; null else.</param>
/// <param name="Outcomes">Its outcomes; empty for the plain Done.</param>
public sealed record StepFinished(string StepId, string NodeId, DateTimeOffset At, JsonElement? Output, IReadOnlyList<string> Outcomes) : ExecutionEvent(At)
{
    /// <summary>True when somebody gave its outputs in place of its execution.</summary>
    public bool IsSkipped { get; init; }
}
