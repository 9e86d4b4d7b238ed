using IndustryBrain.Plugins;
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

    /// <summary>Version that new runs take.</summary>
    public int? PublishedVersion { get; set; }

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

    internal bool HasDraft => PublishedVersion != Version;

    internal ScenarioSummary ToSummary() => new(Id, Name, Summary, Version, PublishedVersion, Level, Mode, Clusters, UpdatedAt, Findings);
}
