using System.ComponentModel;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>Outcomes of a script activity.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OutcomeAccess(ScriptCall call)
{
    /// <summary>Sets the outcomes; an expression that is no script has none.</summary>
    public object? Set(params string[] outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        call.Outcomes = call.IsScript ? [.. outcomes] : throw new InvalidOperationException("Only a script activity has outcomes.");
        return null;
    }
}
