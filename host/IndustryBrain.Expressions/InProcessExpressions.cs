using IndustryBrain.Expressions.CSharp;
using IndustryBrain.Expressions.Liquid;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Expressions;

/// <summary>
/// Evaluates JavaScript, C# and Liquid in the caller's process, each loaded when it is first used. Thread-safe. Limits hold, but a hostile
/// source may still end the process or fill its memory: for sources of people who may do both anyway.
/// </summary>
/// <param name="limits">Limits; null for the defaults.</param>
public sealed class InProcessExpressions(ExpressionLimits? limits = null) : IExpressionEvaluator
{
    private readonly JavaScriptEvaluator _javaScript = new(limits);
    private readonly CSharpEvaluator _cSharp = new(limits);
    private readonly LiquidEvaluator _liquid = new(limits);

    /// <inheritdoc />
    public bool Supports(string language) => ScriptLanguages.IsKnown(language);

    /// <inheritdoc />
    public ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken) => request.Language switch
    {
        ScriptLanguages.CSharp => _cSharp.EvaluateAsync(request, cancellationToken),
        ScriptLanguages.Liquid => _liquid.EvaluateAsync(request, cancellationToken),
        _ => _javaScript.EvaluateAsync(request, cancellationToken),
    };
}
