using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>What came of one fixture.</summary>
/// <param name="Name">Name of its file.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Differences">In what it differs from what is expected.</param>
/// <param name="Run">What happened; null when it could not be run.</param>
internal sealed record FixtureOutcome(string Name, TimeSpan Duration, IReadOnlyList<LocalizedText> Differences, FixtureRun? Run)
{
    /// <summary>Why it could not be run, or null.</summary>
    public Failure? Problem { get; init; }

    public bool Passed => Problem is null && Differences.Count == 0;
}
