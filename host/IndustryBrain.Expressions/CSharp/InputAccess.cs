using System.ComponentModel;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Inputs of the run by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public class InputAccess(ScriptCall call)
{
    /// <summary>An input as a type.</summary>
    public T? Get<T>(string name) => CSharpValues.To<T>(Get(name));

    /// <summary>An input; null when it was not given.</summary>
    public object? Get(string name) => CSharpValues.To(call.Scope.GetInput(name));
}
