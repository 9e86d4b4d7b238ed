using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;

namespace IndustryBrain.Host.Pages.Scenarios;

/// <summary>What the page of versions shows.</summary>
/// <param name="Details">The scenario.</param>
/// <param name="Versions">Its versions, the latest first.</param>
/// <param name="Environments">How it stands in test and in production.</param>
/// <param name="Comparison">What differs between the two versions that were chosen; null when there are no two.</param>
public sealed record VersionsData(ScenarioDetails Details, IReadOnlyList<VersionView> Versions, IReadOnlyList<EnvironmentView> Environments, VersionComparison? Comparison);
