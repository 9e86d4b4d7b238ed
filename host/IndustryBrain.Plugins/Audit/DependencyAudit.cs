using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Judges where the files of a package come from.</summary>
internal sealed class DependencyAudit(KnownPackages packages, Dictionary<string, (string Id, string Version)> claimed)
{
    private readonly HashSet<string> _judged = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Findings about one program file.</summary>
    public IEnumerable<AuditFinding> Judge(AuditedFile file, KnownPackage? known)
    {
        var name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
        if (name == "IndustryBrain.Sdk.dll")
        {
            yield return Of(AuditRules.PlatformAssembly, AuditRules.PlatformAssembly.Severity, LocalizedText.Same(name), file);
        }

        if (known is not null)
        {
            if (!_judged.Add($"{known.Id}/{known.Version}"))
            {
                yield break;
            }

            if (known.License is null)
            {
                yield return Of(AuditRules.UnlicensedDependency, AuditRules.UnlicensedDependency.Severity, LocalizedText.Same($"{known.Id} {known.Version}"), file);
            }

            foreach (var finding in Vulnerable(known.Id, known.Version, file))
            {
                yield return finding;
            }

            yield break;
        }

        if (!claimed.TryGetValue(name, out var claim))
        {
            yield break;
        }

        var said = $"{claim.Id} {claim.Version}";
        if (packages.Find(claim.Id, claim.Version) is { } original && original.Files.Keys.Any(path => path.EndsWith("/" + name, StringComparison.OrdinalIgnoreCase)))
        {
            yield return Of(AuditRules.AlteredDependency, AuditRules.AlteredDependency.Severity, new($"{name} 与 {said} 中的不同", $"{name} differs from the one of {said}"), file);
        }
        else if (_judged.Add($"{claim.Id}/{claim.Version}"))
        {
            yield return Of(AuditRules.UnknownDependency, AuditRules.UnknownDependency.Severity, LocalizedText.Same(said), file);
            foreach (var finding in Vulnerable(claim.Id, claim.Version, file))
            {
                yield return finding;
            }
        }
    }

    private IEnumerable<AuditFinding> Vulnerable(string id, string version, AuditedFile file) =>
        packages.Advisories(id, version).Select(advisory => Of(
            AuditRules.VulnerableDependency,
            advisory.Severity is "low" or "moderate" ? AuditSeverity.Warning : AuditSeverity.Error,
            new($"{id} {version}，{advisory.Id}（{advisory.Zh}），已在 {string.Join("、", advisory.Fixed)} 修复", $"{id} {version}, {advisory.Id} ({advisory.En}), mended in {string.Join(", ", advisory.Fixed)}"),
            file));

    private static AuditFinding Of(AuditRule rule, AuditSeverity severity, LocalizedText what, AuditedFile file) =>
        new(rule, severity, new($"{rule.Title.Zh}：{what.Zh}。", $"{rule.Title.En}: {what.En}.")) { File = file.Path };
}
