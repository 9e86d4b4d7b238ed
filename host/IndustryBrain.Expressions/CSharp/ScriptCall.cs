using System.ComponentModel;
using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>One evaluation.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ScriptCall
{
    internal ScriptCall(IExpressionScope scope, bool isScript, ExpressionLimits limits) => (Scope, IsScript, Limits) = (scope, isScript, limits);

    internal IExpressionScope Scope { get; }

    internal bool IsScript { get; }

    internal ExpressionLimits Limits { get; }

    internal List<string>? Outcomes { get; set; }
}
