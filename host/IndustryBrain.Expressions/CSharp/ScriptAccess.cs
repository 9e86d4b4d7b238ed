using System.ComponentModel;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>What compiled expressions are built on: the names that Elsa gives to C# expressions. Only these members can be reached from a source.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ScriptAccess
{
    private readonly ScriptCall _call;

    /// <summary>For the compiled expression.</summary>
    protected ScriptAccess(ScriptCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        (_call, Output, Outcome) = (call, new(call), new(call));
    }

    /// <summary>Outputs of activities.</summary>
    public OutputAccess Output { get; }

    /// <summary>Outcomes of a script activity.</summary>
    public OutcomeAccess Outcome { get; }

    /// <summary>Id of the run.</summary>
    public string WorkflowInstanceId => _call.Scope.RunId;

    /// <summary>Name of the run.</summary>
    public string? WorkflowInstanceName
    {
        get => _call.Scope.Name;
        set => _call.Scope.Name = value;
    }

    /// <summary>Correlation id of the run.</summary>
    public string? CorrelationId
    {
        get => _call.Scope.CorrelationId;
        set => _call.Scope.CorrelationId = value;
    }

    /// <summary>Runs the source.</summary>
    public abstract object? Run();
}
