using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Compiled sources by content. Apart from the evaluator, so that a run without C# loads no compiler.</summary>
internal sealed partial class CSharpRunner(ExpressionLimits limits)
{
    private readonly ConcurrentDictionary<(string Source, string Members), CompiledSource> _sources = new();
    private readonly Lock _compiling = new();

    public Result<ExpressionValue> Evaluate(in ExpressionRequest request, CancellationToken ct)
    {
        var limit = request.IsScript ? limits.MaxScriptBytes : limits.MaxExpressionBytes;
        if (request.Source.Length > limit || Encoding.UTF8.GetByteCount(request.Source) > limit)
            return ExpressionFailures.TooLong(Encoding.UTF8.GetByteCount(request.Source), limit);
        if (SourceNesting.Depth(request.Source) > limits.MaxNesting)
            return ExpressionFailures.TooNested(limits.MaxNesting);
        if (!Compiled((request.Source, Members(request.Source, request.Scope)), ct).TryGet(out var compiled, out var failure))
            return failure;
        var call = new ScriptCall(request.Scope, request.IsScript, limits);
        var loaded = compiled.Take();
        using var ends = new ScriptTime(limits.TimeoutMilliseconds, ct);
        try
        {
            return new ExpressionValue(CSharpValues.From(loaded.Run(call, ends.Token), limits), call.Outcomes);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ExpressionFailures.Timeout(limits.TimeoutMilliseconds);
        }
        catch (InsufficientExecutionStackException)
        {
            return ExpressionFailures.Recursion();
        }
        catch (Exception e) when (e is OutOfMemoryException or TextTooLongException)
        {
            return ExpressionFailures.Memory();
        }
#pragma warning disable CA1031 // Foreign code: whatever it throws is the source's failure.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return ExpressionFailures.Script(e.Message.Length <= 400 ? e.Message : e.Message[..400]);
        }
        finally
        {
            compiled.Return(loaded);
        }
    }

    private Result<CompiledSource> Compiled((string Source, string Members) key, CancellationToken ct)
    {
        if (_sources.TryGetValue(key, out var known))
            return known;
        lock (_compiling)
        {
            if (_sources.TryGetValue(key, out known))
                return known;
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
            ends.CancelAfter(limits.CompileTimeoutMilliseconds);
            try
            {
                if (!SourceCompiler.Compile(key.Source, key.Members, ends.Token).TryGet(out var image, out var failure))
                    return failure;
                if (_sources.Count >= limits.CachedSources)
                    Forget();
                return _sources[key] = new CompiledSource(image);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return ExpressionFailures.CompileTimeout(limits.CompileTimeoutMilliseconds);
            }
            catch (InsufficientExecutionStackException)
            {
                return ExpressionFailures.TooNested(limits.MaxNesting);
            }
        }
    }

    private void Forget()
    {
        foreach (var source in _sources.Values)
            source.Dispose();
        _sources.Clear();
    }

    // Typed members, as Elsa generates them, for the names that the source writes. They look a variable up by the name with its first letter
    // in upper case: one whose own begins in lower case is not reached.
    private static string Members(string source, IExpressionScope scope)
    {
        var (variables, inputs) = (new StringBuilder("class Variables(ScriptCall call):VariableAccess(call){"), new StringBuilder("class Inputs(ScriptCall call):InputAccess(call){"));
        var arguments = new StringBuilder("class Arguments(ScriptCall call):ArgumentAccess(call){");
        foreach (var name in Member().Matches(source).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (name is "Get" or "Set" or "ContainsKey")
                continue;
            if (scope.VariableNames.FirstOrDefault(v => v.Length == name.Length && char.ToUpperInvariant(v[0]) == name[0] && v[1..] == name[1..]) is { } variable
                && scope.TryGetVariable(variable, out var value))
            {
                var type = TypeOf(value);
                variables.Append(CultureInfo.InvariantCulture, $"public {type} {name}{{get=>({type})Get<{type}>(\"{name}\");set=>Set(\"{name}\",value);}}");
            }

            if (scope.InputNames.Contains(name))
            {
                var type = TypeOf(scope.GetInput(name));
                inputs.Append(CultureInfo.InvariantCulture, $"public {type} {name}=>({type})Get<{type}>(\"{name}\");");
            }
            if (ArgumentAccess.Find(scope, name) is { } argument)
            {
                var type = TypeOf(argument);
                arguments.Append(CultureInfo.InvariantCulture, $"public {type} {name}=>({type})Get<{type}>(\"{name}\");");
            }
        }

        return variables.Append('}').Append(inputs).Append('}').Append(arguments).Append('}').ToString();
    }

    private static string TypeOf(object? value) => value switch
    {
        bool => "bool",
        int => "int",
        long => "long",
        double => "double",
        decimal => "decimal",
        string => "string",
        DateTime => "DateTime",
        DateTimeOffset => "DateTimeOffset",
        TimeSpan => "TimeSpan",
        Guid => "Guid",
        byte[] => "byte[]",
        JsonElement { ValueKind: JsonValueKind.Object } => "JsonObject",
        JsonElement { ValueKind: JsonValueKind.Array } => "JsonArray",
        _ => "object",
    };

    [GeneratedRegex(@"\b(?:Variables?|Inputs?|Args|Arguments)\s*\.\s*([A-Za-z][A-Za-z0-9]*)", RegexOptions.NonBacktracking)]
    private static partial Regex Member();

    /// <summary>The bytes of a compiled source, and what is loaded of it for one evaluation after the other.</summary>
    private sealed class CompiledSource(byte[] image) : IDisposable
    {
        private readonly ConcurrentBag<LoadedSource> _idle = [];
        private volatile bool _isForgotten;

        public LoadedSource Take() => _idle.TryTake(out var loaded) ? loaded : new LoadedSource(image);

        public void Return(LoadedSource loaded)
        {
            _idle.Add(loaded);
            if (_isForgotten)
                Dispose();
        }

        public void Dispose()
        {
            _isForgotten = true;
            while (_idle.TryTake(out var loaded))
                loaded.Dispose();
        }
    }
}
