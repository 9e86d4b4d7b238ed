using System.Security.Cryptography;
using IndustryBrain.Storage;

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

    /// <summary>When it was first published; null for drafts, and for versions older than this member.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Who published it first; null likewise.</summary>
    public Actor? PublishedBy { get; set; }

    /// <summary>SHA-256 of the document when it was published, in hexadecimal; null likewise.</summary>
    public string? Digest { get; set; }

    /// <summary>The version whose document it took when that was restored, or null.</summary>
    public int? RestoredFrom { get; set; }

    /// <summary>SHA-256 of the document as it is stored.</summary>
    internal string ComputeDigest() => Convert.ToHexStringLower(SHA256.HashData(Document));

    internal static string IdOf(string definitionId, int version) => FormattableString.Invariant($"{definitionId}@{version}");
}
