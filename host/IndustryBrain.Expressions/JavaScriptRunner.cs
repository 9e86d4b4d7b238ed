using System.Collections.Concurrent;
using System.Text;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;
using Jint;
using Jint.Runtime;

namespace IndustryBrain.Expressions;

/// <summary>Prepared sources and engines that can be used again. Apart from the evaluator, so that a run without scripts loads no interpreter.</summary>
internal sealed class JavaScriptRunner(ExpressionLimits limits)
{
    private const int WarmUpEvaluations = 16;
    private const int WarmUpFactor = 10;

    private readonly ConcurrentDictionary<string, PreparedSource> _sources = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<JavaScriptSession> _sessions = [];
    private int _evaluations;

    public Result<ExpressionValue> Evaluate(in ExpressionRequest request)
    {
        if (!Prepare(request.Source, request.IsScript).TryGet(out var source, out var failure))
            return failure;

        // While the runtime still compiles the interpreter, time says little about the script.
        var timeout = limits.TimeoutMilliseconds * (_evaluations < WarmUpEvaluations ? WarmUpFactor : 1);
        if (_evaluations < WarmUpEvaluations)
            Interlocked.Increment(ref _evaluations);
        var isWarm = timeout == limits.TimeoutMilliseconds;
        JavaScriptSession? reused = null;
        if (source.IsPure && isWarm)
            _sessions.TryTake(out reused);
        var session = reused ?? new JavaScriptSession(limits, timeout);
        var isKept = false;
        try
        {
            var value = session.Run(source, request.Scope, request.IsScript);
            isKept = source.IsPure && isWarm && _sessions.Count < Environment.ProcessorCount;
            return value;
        }
        catch (JavaScriptException e)
        {
            return ExpressionFailures.Script(Shorten(session.Describe(e.Error)), e.Location.Start.Line, e.Location.Start.Column + 1);
        }
        catch (PromiseRejectedException e)
        {
            return JavaScriptSession.IsNeverSettled(e) ? ExpressionFailures.NeverSettled() : ExpressionFailures.Script(Shorten(session.Describe(e.RejectedValue)));
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
            return ExpressionFailures.Statements(limits.MaxStatements);
        }
        catch (Exception e) when (e is InsufficientExecutionStackException or OutOfMemoryException)
        {
            return e is OutOfMemoryException ? ExpressionFailures.Memory() : ExpressionFailures.Recursion();
        }
        catch (Exception e) when (e is JintException or System.Text.Json.JsonException or FormatException or InvalidCastException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or ArithmeticException or NotSupportedException or NotImplementedException or NullReferenceException or System.Text.RegularExpressions.RegexMatchTimeoutException)
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
        var limit = isScript ? limits.MaxScriptBytes : limits.MaxExpressionBytes;
        if (text.Length > limit || Encoding.UTF8.GetByteCount(text) > limit)
            return ExpressionFailures.TooLong(Encoding.UTF8.GetByteCount(text), limit);
        if (SourceNesting.Depth(text) > limits.MaxNesting)
            return ExpressionFailures.TooNested(limits.MaxNesting);
        try
        {
            var prepared = new PreparedSource(text);
            if (prepared.HasBigInteger)
                return ExpressionFailures.BigInteger();
            if (_sources.Count >= limits.CachedSources)
                _sources.Clear();
            _sources[text] = prepared;
            return prepared;
        }
        catch (Exception e) when (e is ScriptPreparationException or Acornima.ParseErrorException or InsufficientExecutionStackException)
        {
            return (e as Acornima.ParseErrorException ?? e.InnerException as Acornima.ParseErrorException) is { } error
                ? ExpressionFailures.Syntax(Shorten(error.Description), error.LineNumber, error.Column + 1)
                : ExpressionFailures.Syntax(Shorten(e.InnerException?.Message ?? e.Message), 0, 0);
        }
    }

    private static string Shorten(string text) => text.Length <= 400 ? text : string.Concat(text.AsSpan(0, 400), "…");
}
