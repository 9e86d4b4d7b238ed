using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Expressions;

/// <summary>
/// Evaluates JavaScript with Jint behind limits. Thread-safe. A source that could leave a trace in its engine gets a fresh one.
/// Values cross as scalars or JSON; no host object is visible to a script.
/// </summary>
/// <param name="limits">Limits; null for the defaults.</param>
public sealed class JavaScriptEvaluator(ExpressionLimits? limits = null) : IExpressionEvaluator
{
    private JavaScriptRunner? _runner;

    /// <inheritdoc />
    public bool Supports(string language) => language == "JavaScript";

    /// <inheritdoc />
    public ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request.Scope);
        cancellationToken.ThrowIfCancellationRequested();
        if (!Supports(request.Language))
            return new(ExpressionFailures.Unsupported(request.Language));
        return new(Runner().Evaluate(request));
    }

    private JavaScriptRunner Runner()
    {
        if (_runner is null)
            Interlocked.CompareExchange(ref _runner, new JavaScriptRunner(limits ?? ExpressionLimits.Default), null);
        return _runner;
    }
}
