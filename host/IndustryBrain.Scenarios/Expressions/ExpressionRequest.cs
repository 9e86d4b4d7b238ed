namespace IndustryBrain.Scenarios.Expressions;

/// <summary>One expression to evaluate.</summary>
/// <param name="Language">Elsa's name of the language, such as <c>JavaScript</c>.</param>
/// <param name="Source">The source text.</param>
/// <param name="IsScript">True for the body of a script activity: a larger source, and <c>setOutcome</c>, are allowed.</param>
/// <param name="Scope">What the expression can see and change.</param>
public readonly record struct ExpressionRequest(string Language, string Source, bool IsScript, IExpressionScope Scope);
