using System.ComponentModel;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Outputs of activities.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OutputAccess(ScriptCall call)
{
    /// <summary>Last value of any output named Result.</summary>
    public object? LastResult => CSharpValues.To(call.Scope.LastResult);

    /// <summary>The first value of an output in this container.</summary>
    public object? From(string activityIdOrName, string? outputName = null) =>
        call.Scope.TryGetOutput(activityIdOrName, outputName ?? "Result", out var value) ? CSharpValues.To(value) : throw new ArgumentException($"Activity {activityIdOrName} not found.");

    /// <summary>The first value of an output in this container, as a type.</summary>
    public T? From<T>(string activityIdOrName, string? outputName = null) => CSharpValues.To<T>(From(activityIdOrName, outputName));
}
