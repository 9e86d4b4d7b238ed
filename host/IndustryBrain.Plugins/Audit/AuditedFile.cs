namespace IndustryBrain.Plugins.Audit;

/// <summary>One file of a package, as the audit saw it.</summary>
/// <param name="Path">Path in the package.</param>
/// <param name="Size">Unpacked size in bytes.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hexadecimal.</param>
/// <param name="Package">Id and version of the public package that it is a file of, <c>Id/1.0.0</c>, recognised by its digest; null when it is the vendor's own.</param>
public sealed record AuditedFile(string Path, long Size, string Sha256, string? Package);
