namespace IndustryBrain.Host.Pages.Runs;

/// <summary>One mark of the time axis.</summary>
/// <param name="Left">Where it stands, in percent.</param>
/// <param name="Text">The number at it; the last carries the unit.</param>
public sealed record AxisTick(double Left, string Text);
