using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs;

namespace IndustryBrain.Host.Pages.Home;

/// <summary>What the workbench shows.</summary>
/// <param name="Scenarios">The scenarios that can be run.</param>
/// <param name="Recent">The newest runs.</param>
/// <param name="LastRuns">The newest run of each scenario that was ever run, by its definition id.</param>
/// <param name="RunsThisMonth">Runs accepted since the first of the month.</param>
/// <param name="FinishedThisMonth">Those that ended well.</param>
/// <param name="EndedThisMonth">Those that ended, however.</param>
/// <param name="RunningNow">Runs that are executing now.</param>
/// <param name="Components">Installed components.</param>
public sealed record HomeData(
    IReadOnlyList<ScenarioSummary> Scenarios,
    IReadOnlyList<RunSummary> Recent,
    IReadOnlyDictionary<string, RunSummary> LastRuns,
    long RunsThisMonth,
    long FinishedThisMonth,
    long EndedThisMonth,
    long RunningNow,
    int Components);
