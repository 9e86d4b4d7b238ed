using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Cli.Testing;

/// <summary>What happened when a fixture was run.</summary>
/// <param name="Result">How the run ended.</param>
/// <param name="Scenario">What was run.</param>
/// <param name="Events">What happened in it and in what it started.</param>
/// <param name="Calls">The calls it made.</param>
/// <param name="Left">Answers that nothing waited for.</param>
internal sealed record FixtureRun(RunResult Result, ScenarioFiles Scenario, IReadOnlyList<RunEvent> Events, IReadOnlyList<ComponentCall> Calls, IReadOnlyList<FixtureAnswer> Left)
{
    /// <summary>Node ids of the activities that the run itself started, in order, without those that contain others.</summary>
    public IReadOnlyList<string> Path => FixturePath.Of(Scenario.Main, Events);

    /// <summary>The first HTTP response, or null.</summary>
    public ResponseWritten? Response => Events.Where(e => e.IsRoot).Select(e => e.Event).OfType<ResponseWritten>().FirstOrDefault();
}
