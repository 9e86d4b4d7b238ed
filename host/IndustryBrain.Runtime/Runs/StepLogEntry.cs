namespace IndustryBrain.Runtime.Runs;

/// <summary>One entry of a step's log.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Level">debug, information or warning.</param>
/// <param name="Message">The text, as the component wrote it.</param>
public sealed record StepLogEntry(DateTimeOffset At, string Level, string Message);
