using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Something that the audit found.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">How grave it is here: what is an error in the vendor's own assemblies is a note in a known public one.</param>
/// <param name="Message">What was found.</param>
public sealed record AuditFinding(AuditRule Rule, AuditSeverity Severity, LocalizedText Message)
{
    /// <summary>Path in the package; null when the whole package is meant.</summary>
    public string? File { get; init; }

    /// <summary>The member as in the source, <c>Namespace.Type.Method</c>; null when the whole file is meant.</summary>
    public string? Member { get; init; }

    /// <summary>Where in the IL of the member, in bytes; null when not in code.</summary>
    public int? IlOffset { get; init; }

    /// <summary>The line of the source; null when the package carries no symbols of it.</summary>
    public SourceLine? Source { get; init; }
}
