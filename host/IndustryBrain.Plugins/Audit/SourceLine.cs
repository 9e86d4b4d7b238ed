namespace IndustryBrain.Plugins.Audit;

/// <summary>A line of the vendor's source.</summary>
/// <param name="File">Path as the symbols have it.</param>
/// <param name="Line">Its number; the first is 1.</param>
public sealed record SourceLine(string File, int Line);
