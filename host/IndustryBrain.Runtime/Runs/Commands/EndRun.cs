namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Command between nodes: ends a run, wherever it is executed or waits.</summary>
/// <param name="RunId">The run.</param>
public sealed record EndRun(Guid RunId);
