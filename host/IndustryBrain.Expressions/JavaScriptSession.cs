using IndustryBrain.Scenarios.Expressions;
using Jint;
using Jint.Native;
using Jint.Native.Error;
using Jint.Native.Json;
using Jint.Native.Object;
using Jint.Runtime;

namespace IndustryBrain.Expressions;

/// <summary>One engine with its limits and the functions of ours that were asked for.</summary>
internal sealed class JavaScriptSession : IDisposable
{
    // Nothing outside a script can settle its promises: what is still open when it has run stays open.
    private static readonly TimeSpan PromiseTimeout = TimeSpan.FromMilliseconds(50);

    private readonly Engine _engine;
    private readonly ScopeFunctions _functions;
    private readonly JavaScriptTime _time;
    private RunClock? _clock;
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);

    public JavaScriptSession(ExpressionLimits limits, int timeoutMilliseconds)
    {
        _time = new(timeoutMilliseconds);
        _engine = new Engine(options =>
        {
            options.Constraint(_time);
            options.TimeSystem = _clock = new RunClock(options.TimeSystem);
            options.LimitMemory(limits.MaxMemoryBytes);
            options.LimitRecursion(limits.MaxRecursion);
            options.MaxStatements(limits.MaxStatements);
            options.DisableStringCompilation();
            options.Constraints.StackOverflowGuard = true;
            options.Constraints.MaxArraySize = (uint)limits.MaxElements;
            options.Constraints.RegexTimeout = TimeSpan.FromMilliseconds(timeoutMilliseconds);
            options.Constraints.PromiseTimeout = PromiseTimeout;
        });
        BuiltInGuards.Install(_engine, limits.MaxElements);
        _functions = new ScopeFunctions(_engine);
    }

    public ExpressionValue Run(PreparedSource source, IExpressionScope scope, bool isScript)
    {
        _time.Begin();
        _functions.Begin(scope, isScript);
        _clock!.Time = scope.Time;
        foreach (var name in source.Functions)
        {
            if (!_defined.Contains(name) && (DotNetTypes.Create(_engine, name, scope.Time) ?? _functions.Create(name)) is { } function)
            {
                _engine.SetValue(name, function);
                _defined.Add(name);
            }
        }

        if (source.UsesArguments && scope.TryGetVariable("args", out var arguments))
            _engine.SetValue("args", JavaScriptValues.To(_engine, arguments));
        var variables = source.UsesVariables ? DefineVariables(source, scope) : null;
        var result = _engine.Evaluate(source.Script).UnwrapIfPromise(PromiseTimeout);
        if (variables is not null && source.MayAssign)
            CopyBack(source, variables, scope);
        return new ExpressionValue(JavaScriptValues.From(_engine, result), _functions.Outcomes);
    }

    public static bool IsNeverSettled(PromiseRejectedException e) =>
        e.RejectedValue.IsString() && e.RejectedValue.AsString() == $"Timeout of {PromiseTimeout} reached";

    /// <summary>What a script threw, in words: an error's message, else the value as JSON.</summary>
    public string Describe(JsValue thrown)
    {
        if (thrown is not ObjectInstance)
            return thrown.ToString();
        try
        {
            if (thrown is ErrorInstance)
                return thrown.Get("message") is { } text && text.IsString() && text.AsString().Length > 0 ? text.AsString() : thrown.ToString();
            BuiltInGuards.CheckJsonSize(thrown);
            var json = new JsonSerializer(_engine).Serialize(thrown);
            return json.IsString() ? json.AsString() : thrown.ToString();
        }
        catch (Exception e) when (e is JintException or TimeoutException or InsufficientExecutionStackException)
        {
            return "object";
        }
    }

    public void Dispose() => _engine.Dispose();

    private JsObject DefineVariables(PreparedSource source, IExpressionScope scope)
    {
        var variables = new JsObject(_engine);
        foreach (var name in source.VariableNames)
        {
            if (ScopeFunctions.IsPlainName(name) && scope.TryGetVariable(name, out var value))
                variables.Set(name, JavaScriptValues.To(_engine, value));
        }

        _engine.SetValue("variables", variables);
        return variables;
    }

    private void CopyBack(PreparedSource source, JsObject variables, IExpressionScope scope)
    {
        foreach (var name in source.VariableNames)
        {
            if (!ScopeFunctions.IsPlainName(name))
                continue;
            var value = variables.Get(name);
            var isKnown = scope.TryGetVariable(name, out var before);
            if (value.IsUndefined() && !isKnown)
                continue;
            var after = JavaScriptValues.From(_engine, value);
            if (!isKnown || !JavaScriptValues.IsSame(before, after))
                scope.SetVariable(name, after);
        }
    }
}
