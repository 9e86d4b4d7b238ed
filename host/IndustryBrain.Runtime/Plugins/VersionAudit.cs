using IndustryBrain.Plugins.Audit;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>What the static audit found in a version when it was installed.</summary>
/// <param name="Errors">How many errors.</param>
/// <param name="Warnings">How many warnings.</param>
/// <param name="Notes">How many notes.</param>
/// <param name="Findings">The gravest of them, at most <see cref="PluginTrustOptions.MaxFindings"/>.</param>
public sealed record VersionAudit(int Errors, int Warnings, int Notes, IReadOnlyList<VersionFinding> Findings)
{
    internal static VersionAudit Of(AuditReport report, int most) => new(
        report.Count(AuditSeverity.Error),
        report.Count(AuditSeverity.Warning),
        report.Count(AuditSeverity.Note),
        [.. report.Findings.OrderByDescending(f => f.Severity).Take(most).Select(f => new VersionFinding(f.Rule.Id, f.Severity, f.Rule.Title, f.Message, f.File, f.Member))]);

    /// <summary>True when something is at least as grave.</summary>
    internal bool Has(AuditSeverity severity) => Errors > 0 || (severity <= AuditSeverity.Warning && Warnings > 0) || (severity == AuditSeverity.Note && Notes > 0);
}

/// <summary>One finding of the static audit.</summary>
/// <param name="Rule">Id of the rule, <c>IBP####</c>; <c>docs/rules</c> has a page of each.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Title">What the rule is about.</param>
/// <param name="Message">What was found.</param>
/// <param name="File">Path in the package, or null.</param>
/// <param name="Member">The member as in the source, or null.</param>
public sealed record VersionFinding(string Rule, AuditSeverity Severity, LocalizedText Title, LocalizedText Message, string? File, string? Member);
