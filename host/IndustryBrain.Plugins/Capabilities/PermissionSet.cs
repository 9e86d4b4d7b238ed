using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>What a plugin may use right now: what is both declared and granted.</summary>
internal sealed class PermissionSet(PluginManifest manifest, Grants grants)
{
    /// <summary>Null when the capability may be used for the target; else IB1131 or IB1132.</summary>
    /// <param name="capability">The capability.</param>
    /// <param name="target">What for; null for a capability without targets.</param>
    public Failure? Demand(string capability, string? target = null)
    {
        var rule = TargetRule.Of(capability);
        var permission = target is null ? capability : $"{capability} {target}";
        return !manifest.Permissions.Any(p => p.Capability == capability && Covers(p.Targets)) ? CapabilityFailures.NotDeclared(manifest.Id, permission)
            : !grants.Items.Any(g => g.Capability == capability && Covers(g.Targets)) ? CapabilityFailures.NotGranted(manifest.Id, permission)
            : null;

        bool Covers(IReadOnlyList<string> targets) => target is null || targets.Any(t => rule.Covers(t, target));
    }

    /// <summary>True when a grant names exactly this, by no pattern.</summary>
    public bool IsNamed(string capability, Func<string, bool> names) =>
        manifest.Permissions.Any(p => p.Capability == capability) && grants.Items.Any(g => g.Capability == capability && g.Targets.Any(names));

    /// <summary>Bytes at most: what is granted, else what is declared, else the host's own limit; never more than <paramref name="ceiling"/>.</summary>
    public long MaxBytes(string capability, long otherwise, long ceiling = long.MaxValue)
    {
        var granted = grants.Items.Where(g => g.Capability == capability).Max(g => g.MaxBytes);
        var declared = manifest.Permissions.Where(p => p.Capability == capability).Max(p => p.MaxBytes);
        return Math.Clamp(granted ?? (declared is { } d ? Math.Min(d, otherwise) : otherwise), 0, ceiling);
    }
}
