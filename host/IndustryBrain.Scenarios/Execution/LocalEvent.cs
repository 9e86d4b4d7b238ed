namespace IndustryBrain.Scenarios.Execution;

/// <summary>An event published by the run that concerns itself and has found no bookmark yet.</summary>
internal sealed record LocalEvent(string Name, object? Payload, DateTimeOffset At);
