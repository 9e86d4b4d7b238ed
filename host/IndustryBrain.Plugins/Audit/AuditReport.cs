using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Audit;

/// <summary>What an audit found in one package.</summary>
/// <param name="Sha256">SHA-256 of the package, lower-case hexadecimal.</param>
/// <param name="Manifest">Its manifest; null when the package could not be opened.</param>
/// <param name="Files">Its files, the vendor's own first.</param>
/// <param name="Findings">The findings, those in the vendor's own files first.</param>
public sealed record AuditReport(string Sha256, PluginManifest? Manifest, IReadOnlyList<AuditedFile> Files, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>How many findings are of a severity.</summary>
    public int Count(AuditSeverity severity) => Findings.Count(finding => finding.Severity == severity);
}
