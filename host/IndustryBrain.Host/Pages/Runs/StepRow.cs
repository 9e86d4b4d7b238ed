using IndustryBrain.Runtime.Runs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>One step on the time axis of a run.</summary>
/// <param name="Key">Identity in the list.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Kind">knowledge, tool, application or control.</param>
/// <param name="State">State in the words of the shell.</param>
/// <param name="Left">Where its bar begins, in percent of the axis.</param>
/// <param name="Width">Length of its bar, in percent of the axis.</param>
/// <param name="Duration">How long it took; empty when it has not started.</param>
/// <param name="Step">The step; null when it has not been reached.</param>
public sealed record StepRow(string Key, LocalizedText Name, string Kind, string State, double Left, double Width, string Duration, StepView? Step)
{
    /// <summary>True for a step not reached that a branch still decides about.</summary>
    public bool DependsOnBranch { get; init; }
}
