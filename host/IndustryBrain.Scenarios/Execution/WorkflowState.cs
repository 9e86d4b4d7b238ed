namespace IndustryBrain.Scenarios.Execution;

/// <summary>What a workflow that runs as an activity was given, and what it gives.</summary>
internal sealed class WorkflowState
{
    public Dictionary<string, object?> Inputs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, object?> Outputs { get; } = new(StringComparer.Ordinal);
}
