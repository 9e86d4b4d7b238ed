using System.Text.Json;
using IndustryBrain.Plugins;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Library;

/// <summary>A scenario of an organization, as lists need it.</summary>
public sealed class ScenarioRecord
{
    /// <summary>Logical id of the definition.</summary>
    public required string Id { get; set; }

    /// <summary>Latest version, draft or published.</summary>
    public int Version { get; set; }

    /// <summary>Version that new runs take, in production.</summary>
    public int? PublishedVersion { get; set; }

    /// <summary>Latest version that was ever published: it and those before it do not change any more. Null for scenarios older than this member.</summary>
    public int? LastPublished { get; set; }

    /// <summary>What is live in the test environment, or null.</summary>
    public LiveVersion? Test { get; set; }

    /// <summary>The version that was taken out of production, while no other one is live there.</summary>
    public Retraction? Retracted { get; set; }

    /// <summary>The parameters of environments, by the environment's name: objects.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; set; } = new Dictionary<string, JsonElement>();

    /// <summary>How often the parameters of environments were set, by the environment's name.</summary>
    public IReadOnlyDictionary<string, int> Revisions { get; set; } = new Dictionary<string, int>();

    /// <summary>The versions that new runs call its components in, by component id: those of the moment of publishing, moved on when a plugin is updated.</summary>
    public IReadOnlyDictionary<string, PluginPin>? Plugins { get; set; }

    /// <summary>Those of <see cref="Plugins"/> that the definition itself names a version for: no update of a plugin moves them on.</summary>
    public IReadOnlyList<string> HeldComponents { get; set; } = [];

    /// <summary>The activity type as which others may use the published version; null when they may not.</summary>
    public string? ActivityType { get; set; }

    /// <summary>The endpoints of the published version with which a request starts a run.</summary>
    public IReadOnlyList<HttpEndpointNode> Endpoints { get; set; } = [];

    /// <summary>Name for people, as all that describes it that of the published version; of the draft while none was published.</summary>
    public required LocalizedText Name { get; set; }

    /// <summary>What it is for.</summary>
    public LocalizedText? Summary { get; set; }

    /// <summary>insight, chain or enterprise.</summary>
    public string? Level { get; set; }

    /// <summary>Mode of digitalisation.</summary>
    public string? Mode { get; set; }

    /// <summary>Codes of the industry clusters it serves.</summary>
    public IReadOnlyList<string> Clusters { get; set; } = [];

    /// <summary>When the latest version was imported or published.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What the reader and the validator said about the latest version.</summary>
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    internal bool HasDraft => Version > Frozen;

    internal int Frozen => Math.Max(LastPublished ?? 0, PublishedVersion ?? 0);

    /// <summary>The version that is live in an environment, or null.</summary>
    internal int? VersionIn(string environment) => environment == ScenarioEnvironments.Test ? Test?.Version : PublishedVersion;

    /// <summary>The parameters of an environment; null for none.</summary>
    internal JsonElement? ParametersOf(string environment) => Parameters.TryGetValue(environment, out var parameters) ? parameters : null;

    internal int RevisionOf(string environment) => Revisions.GetValueOrDefault(environment);

    internal ScenarioSummary ToSummary() => new(Id, Name, Summary, Version, PublishedVersion, Level, Mode, Clusters, UpdatedAt, Findings)
    {
        DraftVersion = HasDraft ? Version : null,
        TestVersion = Test?.Version,
        RetractedVersion = Retracted?.Version,
    };
}
