using System.ComponentModel;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Variables by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class VariableAccess(ScriptCall call)
{
    /// <summary>A variable as a type; its default when there is no such variable.</summary>
    public T? Get<T>(string name) => CSharpValues.To<T>(Get(name));

    /// <summary>A variable; null when there is none.</summary>
    public object? Get(string name) => call.Scope.TryGetVariable(name, out var value) ? CSharpValues.To(value) : null;

    /// <summary>Sets a variable and gives the value back.</summary>
    public object? Set(string name, object? value)
    {
        call.Scope.SetVariable(name, CSharpValues.From(value, call.Limits));
        return value;
    }
}
