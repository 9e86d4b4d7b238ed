using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Command between nodes: an event for one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Name">Name of the event.</param>
/// <param name="Payload">What it carries, or null.</param>
public sealed record RaiseEvent(Guid RunId, string Name, JsonElement? Payload);
