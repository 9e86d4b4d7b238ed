namespace IndustryBrain.Plugins.Usage;

/// <summary>What processes take of the machine together.</summary>
/// <param name="Bytes">Resident memory.</param>
/// <param name="Time">Processor time since they started.</param>
/// <param name="Threads">Threads.</param>
/// <param name="HeldBytes">Memory of the one with the most that is its own, in memory or swapped out, with the tables that map it; 0 where it cannot be told.</param>
/// <param name="DataBytes">Memory of the one with the most that could be written, as <c>RLIMIT_DATA</c> counts it; 0 where it cannot be told.</param>
internal readonly record struct ProcessFigures(long Bytes, TimeSpan Time, int Threads, long HeldBytes, long DataBytes);
