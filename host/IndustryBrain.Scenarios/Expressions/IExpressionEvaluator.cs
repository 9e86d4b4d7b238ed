using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Expressions;

/// <summary>Evaluates the expressions of a scripting language. Asynchronous, so that it can live in a process of its own.</summary>
public interface IExpressionEvaluator
{
    /// <summary>True when expressions of <paramref name="language"/> (Elsa's spelling, such as <c>JavaScript</c>) can be evaluated.</summary>
    bool Supports(string language);

    /// <summary>Evaluates one expression. What the source does wrong is a failure, never an exception.</summary>
    ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken);
}
