using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>What a suspended step waits for.</summary>
/// <param name="Id">Id within the run.</param>
/// <param name="StepId">The step that waits.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="Name">Kind, Elsa's name: <c>Elsa.Delay</c>, <c>Elsa.Event</c>, <c>Elsa.RunTask</c> and so on.</param>
/// <param name="Due">When it resumes by itself, or null.</param>
/// <param name="EventName">The event it waits for, or null.</param>
/// <param name="Payload">What it carries, such as a task's name and payload; or null.</param>
/// <param name="CreatedAt">Since when it waits.</param>
public sealed record Bookmark(string Id, string StepId, string NodeId, string Name, DateTimeOffset? Due, string? EventName, JsonElement? Payload, DateTimeOffset CreatedAt);
