using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Audit;

/// <summary>One rule of the audit. Its page is <c>docs/rules/{Id}.md</c>.</summary>
/// <param name="Id">Stable id, <c>IBP####</c>; never reused.</param>
/// <param name="Name">Name in Pascal case, as SARIF wants it.</param>
/// <param name="Severity">How grave a finding is in the vendor's own assemblies.</param>
/// <param name="Title">What is found, in a few words.</param>
/// <param name="Explanation">Why it matters, in one sentence.</param>
/// <param name="Mend">What to do about it, in one sentence.</param>
public sealed record AuditRule(string Id, string Name, AuditSeverity Severity, LocalizedText Title, LocalizedText Explanation, LocalizedText Mend);
