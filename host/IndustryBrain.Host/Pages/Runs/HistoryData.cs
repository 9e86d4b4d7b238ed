using IndustryBrain.Runtime.Library;

namespace IndustryBrain.Host.Pages.Runs;

/// <summary>One page of the history.</summary>
/// <param name="Page">The runs.</param>
/// <param name="Scenarios">All scenarios, for the filter.</param>
public sealed record HistoryData(Runtime.Runs.RunPage Page, IReadOnlyList<ScenarioSummary> Scenarios);
