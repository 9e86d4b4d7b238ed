using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>An event that a run publishes to others. What concerns the run itself it has delivered already when it is local.</summary>
/// <param name="StepId">The step that publishes.</param>
/// <param name="Name">Name of the event.</param>
/// <param name="CorrelationId">Correlation id it is meant for, or null.</param>
/// <param name="IsLocal">True when it concerns this run only.</param>
/// <param name="Payload">What it carries, or null.</param>
public sealed record PublishedEvent(string StepId, string Name, string? CorrelationId, bool IsLocal, JsonElement? Payload);
