using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>One version of a plugin on this platform.</summary>
/// <param name="Version">Version.</param>
/// <param name="Sha256">Digest of its package, 64 lower-case hexadecimal digits.</param>
/// <param name="Tier">Where its code runs.</param>
/// <param name="Permissions">What its manifest asks for.</param>
/// <param name="InstalledAt">When it was installed.</param>
/// <param name="InstalledBy">Who installed it.</param>
public sealed record PluginVersion(string Version, string Sha256, PluginTier Tier, IReadOnlyList<PluginPermission> Permissions, DateTimeOffset InstalledAt, Actor InstalledBy)
{
    /// <summary>What an administrator has granted of it; null while nobody has decided.</summary>
    public IReadOnlyList<Grant>? Grants { get; init; }

    /// <summary>Who granted it.</summary>
    public Actor? GrantedBy { get; init; }

    /// <summary>True when it came with the program.</summary>
    public bool IsBundled { get; init; }

    /// <summary>Name of the vendor, as its manifest says; null for a version of an older record.</summary>
    public string? Vendor { get; init; }

    /// <summary>Name or key id of the vendor who signed it, and whether the key is known here; null when nobody did.</summary>
    public PackageSignature? Signature { get; init; }

    /// <summary>What the static audit found when it was installed; null for one that came with the program.</summary>
    public VersionAudit? Audit { get; init; }

    internal PluginPin PinOf(string pluginId) => new(pluginId, Version, Sha256);
}

/// <summary>The signature of a package, as it was found when it was installed.</summary>
/// <param name="KeyId">Id of the key.</param>
/// <param name="Name">Name under which the key is trusted here; null when it is not.</param>
public sealed record PackageSignature(string KeyId, string? Name);
