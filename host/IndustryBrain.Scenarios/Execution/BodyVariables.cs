namespace IndustryBrain.Scenarios.Execution;

/// <summary>The variables that a loop gives to one execution of its body.</summary>
/// <param name="CurrentValue">The value or item.</param>
/// <param name="CurrentIndex">Its position; null for a For.</param>
internal sealed record BodyVariables(object? CurrentValue, int? CurrentIndex);
