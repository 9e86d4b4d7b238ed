namespace IndustryBrain.Storage;

/// <summary>A file that the platform keeps for an organization.</summary>
/// <param name="Id">The id by which it is read.</param>
/// <param name="Name">File name with extension, without a folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
public sealed record StoredFile(string Id, string Name, long Size, string Sha256);
