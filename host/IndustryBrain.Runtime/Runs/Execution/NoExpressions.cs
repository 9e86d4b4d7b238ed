using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>Expressions of a run whose organization is not known: there is no such run.</summary>
internal sealed class NoExpressions : IExpressionEvaluator
{
    public static NoExpressions Instance { get; } = new();

    public bool Supports(string language) => false;

    public ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Expressions are evaluated for an organization.");
}
