using IndustryBrain.Scenarios.Definitions.Comparing;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Library;

/// <summary>A version of a scenario as a list shows it.</summary>
/// <param name="Version">The version.</param>
/// <param name="IsPublished">True when it does not change any more; false for the draft.</param>
/// <param name="Digest">SHA-256 of its document, in hexadecimal.</param>
/// <param name="UpdatedAt">When it was imported or published.</param>
/// <param name="PublishedAt">When it was first published; null for the draft.</param>
/// <param name="PublishedBy">Who published it first; null for the draft, and for versions from before this was recorded.</param>
/// <param name="RestoredFrom">The version whose document it took, or null.</param>
/// <param name="Environments">Where it is live: test, production.</param>
public sealed record VersionView(
    int Version, bool IsPublished, string Digest, DateTimeOffset UpdatedAt, DateTimeOffset? PublishedAt, Actor? PublishedBy, int? RestoredFrom, IReadOnlyList<string> Environments)
{
    /// <summary>True when it was taken out of production and no other one is live there.</summary>
    public bool IsRetracted { get; init; }
}

/// <summary>What differs between two versions of a scenario.</summary>
/// <param name="DefinitionId">The scenario.</param>
/// <param name="From">The earlier version.</param>
/// <param name="To">The later version.</param>
/// <param name="Changes">What differs.</param>
public sealed record VersionComparison(string DefinitionId, int From, int To, ScenarioComparison Changes);
