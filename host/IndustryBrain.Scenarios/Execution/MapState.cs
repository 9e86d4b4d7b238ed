namespace IndustryBrain.Scenarios.Execution;

/// <summary>Where a Map stands. Which item a body is for is its <c>CurrentIndex</c>.</summary>
/// <param name="Items">What it goes over; an array.</param>
/// <param name="Results">What it has for each item so far; null when it selects nothing.</param>
internal sealed record MapState(System.Text.Json.JsonElement Items, object?[]? Results);
