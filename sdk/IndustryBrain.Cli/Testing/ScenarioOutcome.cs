using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>What came of the fixtures of one scenario.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Fixtures">One for each fixture, in order of their names.</param>
internal sealed record ScenarioOutcome(string Folder, IReadOnlyList<FixtureOutcome> Fixtures)
{
    /// <summary>Name of the folder.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)));

    public int Failed => Fixtures.Count(f => !f.Passed);

    /// <summary>The first thing that kept a fixture from running, or null.</summary>
    public Failure? Problem => Fixtures.Select(f => f.Problem).FirstOrDefault(p => p is not null);

    /// <summary>Which of its nodes were executed, for each definition that was.</summary>
    public IReadOnlyList<NodeCoverage> Coverage => NodeCoverage.Of(Fixtures.Select(f => f.Run).OfType<FixtureRun>());
}
