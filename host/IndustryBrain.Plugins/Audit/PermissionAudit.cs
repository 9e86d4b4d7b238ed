using IndustryBrain.Plugins.Capabilities.Files;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Compares the permissions of the manifest with the capabilities that the code uses.</summary>
internal static class PermissionAudit
{
    /// <summary>Findings about what is missing and what is too much.</summary>
    public static IEnumerable<AuditFinding> Compare(PluginManifest manifest, PluginUse use)
    {
        foreach (var unknown in manifest.Permissions.Select(p => p.Capability).Distinct(StringComparer.Ordinal).Where(capability => !CapabilityUses.IsName(capability)))
        {
            var known = string.Join(", ", CapabilityUses.Names);
            yield return OfManifest(AuditRules.UnknownPermission, $"「{unknown}」；可用的有 {known}", $"“{unknown}”; there are {known}");
        }

        foreach (var (capability, example) in Targetless(manifest))
        {
            yield return OfManifest(AuditRules.PermissionWithoutTarget, $"「{capability}」什么也不允许；目标如 {example}", $"“{capability}” allows nothing; a target is such as {example}");
        }

        foreach (var (capability, place) in use.Capabilities.OrderBy(used => used.Key, StringComparer.Ordinal))
        {
            if (!IsDeclared(manifest, capability))
            {
                yield return new(AuditRules.UndeclaredPermission, AuditRules.UndeclaredPermission.Severity,
                    new($"{AuditRules.UndeclaredPermission.Title.Zh}：{place.Member} 使用「{capability}」。", $"{AuditRules.UndeclaredPermission.Title.En}: {place.Member} uses “{capability}”."))
                { File = place.File, Member = place.Member, IlOffset = place.IlOffset, Source = place.Source };
            }
        }

        foreach (var place in use.Unreadable)
        {
            yield return new(AuditRules.UnreadableCapability, AuditRules.UnreadableCapability.Severity,
                new($"{AuditRules.UnreadableCapability.Title.Zh}：{place.Member}。", $"{AuditRules.UnreadableCapability.Title.En}: {place.Member}."))
            { File = place.File, Member = place.Member, IlOffset = place.IlOffset, Source = place.Source };
        }

        // What is asked for by an unreadable name may be any of them.
        foreach (var unused in use.Unreadable.Count > 0 ? [] : Declared(manifest).Distinct(StringComparer.Ordinal).Where(capability => !IsUsed(use, capability)))
        {
            yield return OfManifest(AuditRules.UnusedPermission, $"「{unused}」", $"“{unused}”");
        }
    }

    private static AuditFinding OfManifest(AuditRule rule, string zh, string en) =>
        new(rule, rule.Severity, new($"{rule.Title.Zh}：{zh}。", $"{rule.Title.En}: {en}.")) { File = PluginPackage.ManifestName };

    private static IEnumerable<(string Capability, string Example)> Targetless(PluginManifest manifest) =>
        from permissions in manifest.Permissions.GroupBy(p => p.Capability, StringComparer.Ordinal)
        let example = CapabilityUses.ExampleTarget(permissions.Key)
        where example is not null && permissions.All(p => p.Targets.Count == 0)
        select (permissions.Key, example);

    // One that nobody knows has a finding of its own.
    private static IEnumerable<string> Declared(PluginManifest manifest)
    {
        foreach (var permission in manifest.Permissions.Where(p => CapabilityUses.IsName(p.Capability)))
        {
            // Saving is a target of files, beside reading.
            var saves = permission.Capability == CapabilityNames.Files && permission.Targets.Contains(SavedFiles.Write, StringComparer.Ordinal);
            yield return saves ? CapabilityUses.SavedFiles : permission.Capability;
        }
    }

    private static bool IsDeclared(PluginManifest manifest, string capability) => capability switch
    {
        CapabilityUses.SavedFiles => manifest.Permissions.Any(p => p.Capability == CapabilityNames.Files && p.Targets.Contains(SavedFiles.Write, StringComparer.Ordinal)),
        CapabilityNames.Http => manifest.Permissions.Any(p => p.Capability is CapabilityNames.Http or CapabilityNames.PrivateHttp),
        _ => manifest.Permissions.Any(p => p.Capability == capability),
    };

    private static bool IsUsed(PluginUse use, string capability) => use.Capabilities.ContainsKey(capability == CapabilityNames.PrivateHttp ? CapabilityNames.Http : capability);
}
