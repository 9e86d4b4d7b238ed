using System.Text.Json;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>What started a run.</summary>
/// <param name="ActivityId">The trigger activity.</param>
/// <param name="Payload">What it brought, such as a request.</param>
public sealed record RunTrigger(string ActivityId, JsonElement? Payload);
