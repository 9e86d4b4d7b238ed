namespace IndustryBrain.Scenarios.Expressions;

/// <summary>What an expression gave.</summary>
/// <param name="Value">One of the value types of <see cref="IExpressionScope"/>.</param>
/// <param name="Outcomes">The outcomes that a script has set, or null.</param>
public readonly record struct ExpressionValue(object? Value, IReadOnlyList<string>? Outcomes = null);
