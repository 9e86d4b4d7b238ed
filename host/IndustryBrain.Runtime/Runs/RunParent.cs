namespace IndustryBrain.Runtime.Runs;

/// <summary>The run that started another one, and what it was promised.</summary>
/// <param name="RunId">The parent.</param>
/// <param name="StepId">Its step.</param>
/// <param name="Depth">Runs above the child: 1 for the child of a run that a person started.</param>
/// <param name="IsInline">The parent goes on as soon as the child stops for the first time (ExecuteWorkflow).</param>
/// <param name="WaitsForCompletion">The parent goes on when the child has ended.</param>
public sealed record RunParent(Guid RunId, string StepId, int Depth, bool IsInline, bool WaitsForCompletion)
{
    /// <summary>True when the parent waits for anything of the child.</summary>
    public bool IsAwaited => IsInline || WaitsForCompletion;
}
