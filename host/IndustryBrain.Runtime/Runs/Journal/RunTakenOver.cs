namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>A node went on with a run that another one had left behind. It moves the stream on, so that nothing the other one still holds can be recorded.</summary>
public sealed record RunTakenOver(Guid NodeId, DateTimeOffset At);
