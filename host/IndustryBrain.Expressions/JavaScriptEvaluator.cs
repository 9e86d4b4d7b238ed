using System.Collections.Concurrent;
using System.Text;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;
using Jint;
using Jint.Runtime;

namespace IndustryBrain.Expressions;

/// <summary>
/// Evaluates JavaScript with Jint behind limits. Thread-safe. A source that could leave a trace in its engine gets a fresh one.
/// Values cross as scalars or JSON; no host object is visible to a script.
/// </summary>
/// <param name="limits">Limits; null for the defaults.</param>
public sealed class JavaScriptEvaluator(ExpressionLimits? limits = null) : IExpressionEvaluator
{
    private const int WarmUpEvaluations = 16;
    private const int WarmUpFactor = 10;

    private readonly ExpressionLimits _limits = limits ?? ExpressionLimits.Default;
    private readonly ConcurrentDictionary<string, PreparedSource> _sources = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<JavaScriptSession> _sessions = [];
    private int _evaluations;

    /// <inheritdoc />
    public bool Supports(string language) => language == "JavaScript";

    /// <inheritdoc />
    public ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request.Scope);
        cancellationToken.ThrowIfCancellationRequested();
        if (!Supports(request.Language))
            return new(ExpressionFailures.Unsupported(request.Language));
        return new(Evaluate(request));
    }

    private Result<ExpressionValue> Evaluate(in ExpressionRequest request)
    {
        if (!Prepare(request.Source, request.IsScript).TryGet(out var source, out var failure))
            return failure;

        // While the runtime still compiles the interpreter, time says little about the script.
        var timeout = _limits.TimeoutMilliseconds * (_evaluations < WarmUpEvaluations ? WarmUpFactor : 1);
        if (_evaluations < WarmUpEvaluations)
            Interlocked.Increment(ref _evaluations);
        var isWarm = timeout == _limits.TimeoutMilliseconds;
        JavaScriptSession? reused = null;
        if (source.IsPure && isWarm)
            _sessions.TryTake(out reused);
        var session = reused ?? new JavaScriptSession(_limits, timeout);
        var isKept = false;
        try
        {
            var value = session.Run(source, request.Scope, request.IsScript);
            isKept = source.IsPure && isWarm && _sessions.Count < Environment.ProcessorCount;
            return value;
        }
        catch (JavaScriptException e)
        {
            return ExpressionFailures.Script(Shorten(e.Message));
        }
        catch (TimeoutException)
        {
            return ExpressionFailures.Timeout(timeout);
        }
        catch (MemoryLimitExceededException)
        {
            return ExpressionFailures.Memory();
        }
        catch (RecursionDepthOverflowException)
        {
            return ExpressionFailures.Recursion();
        }
        catch (StatementsCountOverflowException)
        {
            return ExpressionFailures.Statements(_limits.MaxStatements);
        }
        catch (Exception e) when (e is InsufficientExecutionStackException or OutOfMemoryException)
        {
            return e is OutOfMemoryException ? ExpressionFailures.Memory() : ExpressionFailures.Recursion();
        }
        catch (Exception e) when (e is JintException or PromiseRejectedException or System.Text.Json.JsonException or FormatException or InvalidCastException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            return ExpressionFailures.Script(Shorten(e.Message));
        }
        finally
        {
            if (isKept)
                _sessions.Add(session);
            else
                session.Dispose();
        }
    }

    private Result<PreparedSource> Prepare(string text, bool isScript)
    {
        if (_sources.TryGetValue(text, out var known))
            return known;
        var limit = isScript ? _limits.MaxScriptBytes : _limits.MaxExpressionBytes;
        if (text.Length > limit || Encoding.UTF8.GetByteCount(text) > limit)
            return ExpressionFailures.TooLong(Encoding.UTF8.GetByteCount(text), limit);
        if (SourceNesting.Depth(text) > _limits.MaxNesting)
            return ExpressionFailures.TooNested(_limits.MaxNesting);
        try
        {
            var prepared = new PreparedSource(text);
            if (_sources.Count >= _limits.CachedSources)
                _sources.Clear();
            _sources[text] = prepared;
            return prepared;
        }
        catch (Exception e) when (e is ScriptPreparationException or Acornima.ParseErrorException or InsufficientExecutionStackException)
        {
            return ExpressionFailures.Syntax(Shorten(e.InnerException?.Message ?? e.Message));
        }
    }

    private static string Shorten(string text) => text.Length <= 400 ? text : string.Concat(text.AsSpan(0, 400), "…");
}
