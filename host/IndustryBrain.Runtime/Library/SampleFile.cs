namespace IndustryBrain.Runtime.Library;

/// <summary>A file of a scenario's sample data that was stored for the organization; kept beside the definition, so that the definition exports unchanged.</summary>
public sealed class SampleFile
{
    /// <summary>Definition id and path within the scenario's folder, joined by a colon.</summary>
    public required string Id { get; set; }

    /// <summary>The stored file.</summary>
    public required string FileId { get; set; }

    /// <summary>File name.</summary>
    public required string Name { get; set; }

    /// <summary>Digest of the content that was stored.</summary>
    public required string Sha256 { get; set; }

    internal static string IdOf(string definitionId, string path) => $"{definitionId}:{path}";
}
