using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>A component call that the shell performs and answers with <see cref="ScenarioExecution.CompleteCall"/>.</summary>
/// <param name="StepId">The step that asks.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="ComponentId">The component to call.</param>
/// <param name="Input">The input object.</param>
/// <param name="HasSideEffects">True when the call touches the world outside the run.</param>
public sealed record ComponentCall(string StepId, string NodeId, string ComponentId, JsonElement Input, bool HasSideEffects)
{
    /// <summary>How often the step was tried before: an answer to an earlier attempt is not for this one.</summary>
    public int EarlierAttempts { get; init; }
}
