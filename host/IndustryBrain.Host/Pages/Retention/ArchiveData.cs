using IndustryBrain.Runtime.Retention;

namespace IndustryBrain.Host.Pages.Retention;

/// <summary>One page of the archive, and the legal holds.</summary>
/// <param name="Page">The archived runs.</param>
/// <param name="Holds">The holds.</param>
public sealed record ArchiveData(Runtime.Retention.ArchivePage Page, IReadOnlyList<LegalHold> Holds);
