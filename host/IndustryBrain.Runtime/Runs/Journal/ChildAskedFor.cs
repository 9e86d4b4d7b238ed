namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>A step started another run.</summary>
public sealed record ChildAskedFor(string StepId, Guid RunId, string DefinitionId, DateTimeOffset At);
