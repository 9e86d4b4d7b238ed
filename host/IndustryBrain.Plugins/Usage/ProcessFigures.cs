namespace IndustryBrain.Plugins.Usage;

/// <summary>What processes take of the machine together.</summary>
/// <param name="Bytes">Resident memory.</param>
/// <param name="Time">Processor time since they started.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessFigures(long Bytes, TimeSpan Time, int Threads);
