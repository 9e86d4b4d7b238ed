using IndustryBrain.Runtime.Runs.Control;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>Somebody holds the run.</summary>
/// <param name="Pause">Who, since when and why.</param>
public sealed record PauseBegan(RunPause Pause);
