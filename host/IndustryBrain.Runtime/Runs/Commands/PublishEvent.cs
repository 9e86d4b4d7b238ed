using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Command between nodes: an event for every run of the organization that waits for it; kept until one does when none does now.</summary>
/// <param name="Name">Name of the event.</param>
/// <param name="CorrelationId">Only runs with this correlation id are meant; null for all.</param>
/// <param name="Payload">What it carries, or null.</param>
/// <param name="PublisherRunId">The run that published it; it has heard it already.</param>
public sealed record PublishEvent(string Name, string? CorrelationId, JsonElement? Payload, Guid PublisherRunId)
{
    /// <summary>The environment that it stays in; null for one from outside, which all hear.</summary>
    public string? Environment { get; init; }
}
