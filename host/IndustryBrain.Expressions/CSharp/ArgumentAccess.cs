using System.ComponentModel;
using System.Text.Json;
using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>What the activity hands to the expression beside the run's values, by name: <c>Item</c> where one of many is meant.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class ArgumentAccess(ScriptCall call)
{
    private const string Name = "args";

    /// <summary>An argument; null when there is none.</summary>
    public object? this[string name] => Get(name);

    /// <summary>An argument as a type.</summary>
    public T? Get<T>(string name) => CSharpValues.To<T>(Get(name));

    /// <summary>An argument; null when there is none.</summary>
    public object? Get(string name) => Find(call.Scope, name) is { } value ? CSharpValues.To(value) : null;

    /// <summary>True when there is such an argument.</summary>
    public bool ContainsKey(string name) => Of(call.Scope) is { } arguments && arguments.TryGetProperty(name, out _);

    internal static object? Find(IExpressionScope scope, string name) => Of(scope) is { } arguments && arguments.TryGetProperty(name, out var value) ? ValueOf(value) : null;

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt32(out var number) ? number : value.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Null => null,
        _ => value,
    };

    private static JsonElement? Of(IExpressionScope scope) =>
        scope.TryGetVariable(Name, out var value) && value is JsonElement { ValueKind: JsonValueKind.Object } arguments ? arguments : null;
}
