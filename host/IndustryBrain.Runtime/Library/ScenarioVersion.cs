namespace IndustryBrain.Runtime.Library;

/// <summary>One version of a scenario; once published, its document never changes.</summary>
public sealed class ScenarioVersion
{
    /// <summary>Definition id and version, joined by <c>@</c>.</summary>
    public required string Id { get; set; }

    /// <summary>Logical id of the definition.</summary>
    public required string DefinitionId { get; set; }

    /// <summary>The version.</summary>
    public int Version { get; set; }

    /// <summary>The document exactly as it was imported.</summary>
    public required byte[] Document { get; set; }

    /// <summary>True from publishing on.</summary>
    public bool IsPublished { get; set; }

    /// <summary>The scenarios that it uses as activities, in the versions of the moment of publishing.</summary>
    public IReadOnlyList<ScenarioPin> Uses { get; set; } = [];

    /// <summary>When it was imported or published.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    internal static string IdOf(string definitionId, int version) => FormattableString.Invariant($"{definitionId}@{version}");
}
