using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>
/// Evaluates C# with Roslyn behind limits and an allow-list of members. Thread-safe. In the caller's process: where several organizations
/// share one, their sources do not belong here.
/// </summary>
/// <param name="limits">Limits; null for the defaults.</param>
public sealed class CSharpEvaluator(ExpressionLimits? limits = null) : IExpressionEvaluator
{
    private CSharpRunner? _runner;

    /// <inheritdoc />
    public bool Supports(string language) => language == "CSharp";

    /// <inheritdoc />
    public ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request.Scope);
        cancellationToken.ThrowIfCancellationRequested();
        if (!Supports(request.Language))
            return new(ExpressionFailures.Unsupported(request.Language));
        return new(Runner().Evaluate(request, cancellationToken));
    }

    private CSharpRunner Runner()
    {
        if (_runner is null)
            Interlocked.CompareExchange(ref _runner, new CSharpRunner(limits ?? ExpressionLimits.Default), null);
        return _runner;
    }
}
