using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Expressions.Liquid;

/// <summary>
/// Evaluates Liquid templates with Fluid behind limits. Thread-safe. Values cross as scalars or JSON; no host object is visible to a template.
/// A template gives text, which nothing encodes: it may be meant for a file, a message or a number as well as for a page.
/// </summary>
/// <param name="limits">Limits; null for the defaults.</param>
public sealed class LiquidEvaluator(ExpressionLimits? limits = null) : IExpressionEvaluator
{
    private LiquidRunner? _runner;

    /// <inheritdoc />
    public bool Supports(string language) => language == "Liquid";

    /// <inheritdoc />
    public ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request.Scope);
        cancellationToken.ThrowIfCancellationRequested();
        return Supports(request.Language) ? Runner().EvaluateAsync(request, cancellationToken) : new(ExpressionFailures.Unsupported(request.Language));
    }

    private LiquidRunner Runner()
    {
        if (_runner is null)
            Interlocked.CompareExchange(ref _runner, new LiquidRunner(limits ?? ExpressionLimits.Default), null);
        return _runner;
    }
}
