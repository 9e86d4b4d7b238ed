namespace IndustryBrain.Runtime.Runs;

/// <summary>A run that was accepted and waits for its turn, because its trigger limits how many go on or start.</summary>
/// <param name="NotBefore">When it may begin at the earliest; null when it begins as soon as another one ends.</param>
public sealed record HeldStart(DateTimeOffset? NotBefore);
