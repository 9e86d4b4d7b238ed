using System.Text.Json;
using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <content>Variables, inputs, outputs and expressions.</content>
public sealed partial class ScenarioExecution
{
    private static void DeclareVariables(ActivityRecord record, VariableDeclaration[] declarations)
    {
        if (declarations.Length > 0)
            record.Variables = Array.ConvertAll(declarations, static d => new VariableSlot(d));
    }

    private static void Declare(ActivityRecord record, params ReadOnlySpan<VariableSlot> slots) => record.Variables = [.. record.Variables, .. slots];

    private static VariableSlot? FindVariable(ActivityRecord record, string key, bool byId)
    {
        for (var scope = record; scope is not null; scope = scope.Parent)
        {
            foreach (var slot in scope.Variables)
            {
                if (string.Equals(byId ? slot.Id : slot.Name, key, StringComparison.Ordinal))
                    return slot;
            }
        }

        return null;
    }

    // The nearest Workflow, Flowchart, Sequence or Parallel.
    private static ActivityRecord VariableContainer(ActivityRecord record)
    {
        var scope = record;
        while (scope.Parent is { } parent && scope.Node?.Kind is not (ActivityKind.Flowchart or ActivityKind.Sequence or ActivityKind.Parallel or ActivityKind.Workflow))
            scope = parent;
        return scope;
    }

    private void SetVariable(ActivityRecord record, string name, object? value)
    {
        if (FindVariable(record, name, byId: false) is not { } slot)
            Declare(VariableContainer(record), slot = new VariableSlot(name, null));
        Set(slot, value);
    }

    private void SetOutput(ActivityRecord record, string output, object? value)
    {
        if (string.Equals(output, "Result", StringComparison.OrdinalIgnoreCase))
            _lastResult = value;
        var outputs = (record.Parent ?? _root).Outputs ??= new Dictionary<(int, string), object?>(OutputKeyComparer.Instance);
        if (!outputs.ContainsKey((record.Node!.Index, output)))
        {
            Hold(Weight(value));
            outputs.Add((record.Node.Index, output), value);
        }

        if (!record.Node.Outputs.TryGetValue(output, out var binding))
            return;
        if (FindVariable(record, binding.Target, byId: true) is { } slot)
            Set(slot, value);
        else if (DeclaresOutput(record, binding.Target))
            SetRunOutput(record, binding.Target, value);
    }

    /// <summary>The value of an input, converted to its type.</summary>
    private async ValueTask<object?> InputAsync(ActivityRecord record, string name, CancellationToken ct)
    {
        var descriptor = record.Node!.Descriptor!.Input(name);
        if (!record.Node.Inputs.TryGetValue(name, out var expression))
            return descriptor.Default ?? descriptor.Type.Default;
        if (expression.Kind == ExpressionKind.Nothing && descriptor.NullIsDefault)
            return descriptor.Default;
        var value = await EvaluateAsync(record, expression, descriptor.Type, name, ct);
        return value ?? (descriptor.NullIsDefault ? descriptor.Default : descriptor.Type.Default);
    }

    private ValueTask<object?> EvaluateAsync(ActivityRecord record, Expression expression, TypeRef type, string where, CancellationToken ct)
    {
        switch (expression.Kind)
        {
            case ExpressionKind.Script:
                return EvaluateScriptAsync(record, expression, type, where, ct);
            case ExpressionKind.Literal:
                return new(ValueConverter.Convert(expression.Value, type));
            case ExpressionKind.Variable:
                return new(expression.Text is { } id ? ValueConverter.Convert(FindVariable(record, id, byId: true)?.Value, type) : null);
            case ExpressionKind.Input:
                return new(expression.Text is { } input ? ValueConverter.Convert(InputOf(record, input), type) : null);
            case ExpressionKind.Object when !string.IsNullOrWhiteSpace(expression.Text):
                return new(type.Kind == ValueKind.Object ? expression.Text : ParseObject(expression.Text, type));
            default:
                return new((object?)null);
        }
    }

    private static object? ParseObject(string text, TypeRef type)
    {
        try
        {
            return ValueConverter.Convert(ValueJson.FromElement(ValueJson.Parse(text)), type);
        }
        catch (JsonException)
        {
            throw new ConversionException(new("Object 表达式的文本不是 JSON。", "The text of an Object expression is not JSON."));
        }
    }

    private async ValueTask<object?> EvaluateScriptAsync(ActivityRecord record, Expression expression, TypeRef type, string where, CancellationToken ct)
    {
        var value = await RunScriptAsync(record, expression.Language!, expression.Text!, isScript: false, where, ct);
        return ValueConverter.Convert(value.Value, type);
    }

    private async ValueTask<ExpressionValue> RunScriptAsync(ActivityRecord record, string language, string source, bool isScript, string where, CancellationToken ct)
    {
        if (!_services.Expressions.Supports(language))
            throw new ActivityFaultException(ScenarioFailures.Input(where, ScenarioFailures.UnsupportedLanguage(language)));
        _scope.Record = record;
        var result = await _services.Expressions.EvaluateAsync(new ExpressionRequest(language, source, isScript, _scope), ct);
        return result.TryGet(out var value, out var failure) ? value : throw new ActivityFaultException(ScenarioFailures.Input(where, failure));
    }

    /// <summary>The values of several inputs. Their scripts are evaluated together, in their order, when the first of them has its turn.</summary>
    private async ValueTask<object?[]> EvaluateAllAsync(ActivityRecord record, List<(string Name, Expression Expression)> inputs, CancellationToken ct)
    {
        var values = new object?[inputs.Count];
        var scripts = inputs.FindAll(i => i.Expression.Kind == ExpressionKind.Script && _services.Expressions.Supports(i.Expression.Language!));
        var isBatch = scripts.Count > 1;
        Queue<ExpressionValue>? evaluated = null;
        for (var i = 0; i < inputs.Count; i++)
        {
            var (name, expression) = inputs[i];
            values[i] = !isBatch || !scripts.Contains(inputs[i]) ? await EvaluateAsync(record, expression, TypeRef.Object, name, ct)
                : (evaluated ??= await RunScriptsAsync(record, scripts, ct)).Dequeue().Value;
        }

        return values;
    }

    private async ValueTask<Queue<ExpressionValue>> RunScriptsAsync(ActivityRecord record, List<(string Name, Expression Expression)> scripts, CancellationToken ct)
    {
        _scope.Record = record;
        var results = await _services.Expressions.EvaluateAllAsync(scripts.ConvertAll(s => new ExpressionRequest(s.Expression.Language!, s.Expression.Text!, IsScript: false, _scope)), ct);
        var values = new Queue<ExpressionValue>(results.Count);
        for (var i = 0; i < results.Count; i++)
            values.Enqueue(results[i].TryGet(out var value, out var failure) ? value : throw new ActivityFaultException(ScenarioFailures.Input(scripts[i].Name, failure)));
        return values;
    }

    private async ValueTask<string?> TextAsync(ActivityRecord record, string name, CancellationToken ct) => (string?)await InputAsync(record, name, ct);

    private async ValueTask<bool> ConditionAsync(ActivityRecord record, CancellationToken ct) => await InputAsync(record, "condition", ct) is true;

    /// <summary>An enum input: an exact member name, or a number.</summary>
    private async ValueTask<int> EnumAsync(ActivityRecord record, ActivityNode node, string name, string[] members, CancellationToken ct)
    {
        if (!node.Inputs.TryGetValue(name, out var expression))
            return 0;
        var value = await EvaluateAsync(record, expression, TypeRef.Object, name, ct);
        var index = value switch
        {
            null => 0,
            int i => i,
            long l => (int)l,
            double d => (int)d,
            string s when int.TryParse(s, System.Globalization.CultureInfo.InvariantCulture, out var n) => n,
            string s => Array.IndexOf(members, s),
            _ => -1,
        };
        return index >= 0 && index < members.Length ? index : throw new ActivityFaultException(ScenarioFailures.BadEnum(name, ValueConverter.ToText(value) ?? ""));
    }
}
