namespace IndustryBrain.Sdk.Testing;

/// <summary>Progress that a component has reported.</summary>
/// <param name="Fraction">Done so far, 0 to 1.</param>
/// <param name="Message">What is being done; null when nothing was said.</param>
public sealed record ProgressReport(double Fraction, LocalizedText? Message);
