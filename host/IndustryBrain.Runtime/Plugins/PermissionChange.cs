using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>What a version asks for beyond, or short of, what has been granted.</summary>
/// <param name="Added">What needs consent: permissions, each with the targets that are new.</param>
/// <param name="Removed">What has been granted and is not asked for any more.</param>
public sealed record PermissionChange(IReadOnlyList<PluginPermission> Added, IReadOnlyList<Grant> Removed)
{
    /// <summary>True when nothing needs consent.</summary>
    public bool IsCovered => Added.Count == 0;

    /// <summary>Compares what is asked for with what has been granted.</summary>
    public static PermissionChange Of(IReadOnlyList<PluginPermission> asked, IReadOnlyList<Grant> granted)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(granted);
        return new(
            [.. asked.Select(permission => Beyond(permission, granted)).OfType<PluginPermission>()],
            [.. granted.Where(grant => !asked.Any(permission => permission.Capability == grant.Capability))]);
    }

    private static PluginPermission? Beyond(PluginPermission asked, IReadOnlyList<Grant> granted)
    {
        var same = granted.Where(g => g.Capability == asked.Capability).ToList();
        if (same.Count == 0 || asked.MaxBytes > same.Max(g => g.MaxBytes ?? long.MaxValue))
            return asked;
        var more = asked.Targets.Where(target => !same.Any(g => Grant.Covers(asked.Capability, g.Targets, target))).ToList();
        return more.Count == 0 ? null : asked with { Targets = more };
    }
}
