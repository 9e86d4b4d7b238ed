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
        foreach (var (capability, place) in use.Capabilities.OrderBy(used => used.Key, StringComparer.Ordinal))
        {
            if (!IsDeclared(manifest, capability))
            {
                yield return new(AuditRules.UndeclaredPermission, AuditRules.UndeclaredPermission.Severity,
                    new($"{AuditRules.UndeclaredPermission.Title.Zh}：{place.Member} 使用「{capability}」。", $"{AuditRules.UndeclaredPermission.Title.En}: {place.Member} uses “{capability}”."))
                { File = place.File, Member = place.Member, IlOffset = place.IlOffset };
            }
        }

        foreach (var place in use.Unreadable)
        {
            yield return new(AuditRules.UnreadableCapability, AuditRules.UnreadableCapability.Severity,
                new($"{AuditRules.UnreadableCapability.Title.Zh}：{place.Member}。", $"{AuditRules.UnreadableCapability.Title.En}: {place.Member}."))
            { File = place.File, Member = place.Member, IlOffset = place.IlOffset };
        }

        // What is asked for by an unreadable name may be any of them.
        foreach (var unused in use.Unreadable.Count > 0 ? [] : Declared(manifest).Distinct(StringComparer.Ordinal).Where(capability => !IsUsed(use, capability)))
        {
            yield return new(AuditRules.UnusedPermission, AuditRules.UnusedPermission.Severity,
                new($"{AuditRules.UnusedPermission.Title.Zh}：「{unused}」。", $"{AuditRules.UnusedPermission.Title.En}: “{unused}”."))
            { File = PluginPackage.ManifestName };
        }
    }

    private static IEnumerable<string> Declared(PluginManifest manifest)
    {
        foreach (var permission in manifest.Permissions)
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
