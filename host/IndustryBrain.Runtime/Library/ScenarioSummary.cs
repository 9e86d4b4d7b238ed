using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Library;

/// <summary>A scenario as a list shows it.</summary>
/// <param name="DefinitionId">The scenario's identity in its organization.</param>
/// <param name="Name">Name for people: the published version's, else the draft's; so are <paramref name="Summary"/>, <paramref name="Level"/>, <paramref name="Mode"/> and <paramref name="Clusters"/>.</param>
/// <param name="Summary">What it is for, in one sentence, when the definition says so.</param>
/// <param name="Version">Latest version, draft or published.</param>
/// <param name="PublishedVersion">Version that new runs take; null when none was published.</param>
/// <param name="Level">insight, chain or enterprise, when given.</param>
/// <param name="Mode">Mode of digitalisation, when given.</param>
/// <param name="Clusters">Codes of the industry clusters it serves.</param>
/// <param name="UpdatedAt">When the latest version was imported or published.</param>
/// <param name="Findings">What the reader and the validator say about the latest version.</param>
public sealed record ScenarioSummary(
    string DefinitionId,
    LocalizedText Name,
    LocalizedText? Summary,
    int Version,
    int? PublishedVersion,
    string? Level,
    string? Mode,
    IReadOnlyList<string> Clusters,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>True when the scenario can be run.</summary>
    public bool IsPublished => PublishedVersion is not null;

    /// <summary>The draft, which goes on to change; null when there is none.</summary>
    public int? DraftVersion { get; init; }

    /// <summary>The version that is live in the test environment; null when none is.</summary>
    public int? TestVersion { get; init; }

    /// <summary>The version that was taken out of production, while no other one is live there; null for none.</summary>
    public int? RetractedVersion { get; init; }
}
