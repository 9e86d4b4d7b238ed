using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>What an installed plugin may use: its declared permissions, narrowed by an administrator. A grant never reaches further than the manifest, whatever it says.</summary>
/// <param name="Items">The grants.</param>
public sealed record Grants(IReadOnlyList<Grant> Items)
{
    /// <summary>Nothing: what a plugin has that nobody has decided about.</summary>
    public static Grants None { get; } = new([]);

    /// <summary>All that a manifest declares.</summary>
    public static Grants Declared(PluginManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new([.. manifest.Permissions.Select(p => new Grant(p.Capability) { Targets = p.Targets, MaxBytes = p.MaxBytes })]);
    }

    /// <summary>An administrator's choice; IB1147 names the first grant that the manifest does not cover.</summary>
    public static Result<Grants> Of(PluginManifest manifest, IReadOnlyList<Grant> chosen)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(chosen);
        foreach (var grant in chosen)
        {
            var declared = manifest.Permissions.Where(p => p.Capability == grant.Capability).ToList();
            if (declared.Count == 0)
            {
                return CapabilityFailures.GrantTooWide(grant.Capability);
            }

            if (grant.MaxBytes > declared.Max(p => p.MaxBytes))
            {
                return CapabilityFailures.GrantTooWide($"{grant.Capability} maxBytes");
            }

            var rule = TargetRule.Of(grant.Capability);
            foreach (var target in grant.Targets)
            {
                if (!declared.SelectMany(p => p.Targets).Any(d => rule.Covers(d, target)))
                {
                    return CapabilityFailures.GrantTooWide($"{grant.Capability} {target}");
                }
            }
        }

        return new Grants(chosen);
    }
}
