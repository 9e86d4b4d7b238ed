using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Plugins.Usage;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>How a plugin stands.</summary>
public enum PluginState
{
    /// <summary>No version answers yet: an administrator has to consent to permissions.</summary>
    AwaitingConsent,

    /// <summary>This node has not taken the active version yet, which it does within seconds.</summary>
    Loading,

    /// <summary>The active version answers.</summary>
    Ready,

    /// <summary>The active version cannot be loaded on this node.</summary>
    Degraded,

    /// <summary>The active version is for another platform or another SDK than this node's.</summary>
    NotSupported,

    /// <summary>It crashed again and again and is not started before it is reset.</summary>
    Tripped,

    /// <summary>It takes no new runs and calls.</summary>
    Disabled,

    /// <summary>It was removed; runs under way still use it.</summary>
    Draining,

    /// <summary>It was removed, but code of it stays in this node's memory until the host restarts.</summary>
    DeletedOnRestart,
}

/// <summary>How one version of a plugin stands.</summary>
public enum PluginVersionState
{
    /// <summary>New runs and calls take it.</summary>
    Active,

    /// <summary>Permissions are to be consented to.</summary>
    AwaitingConsent,

    /// <summary>Not active; runs under way use it.</summary>
    Draining,

    /// <summary>Not active and not in use; it can be made active again.</summary>
    Standby,

    /// <summary>It was unloaded but stays in this process's memory until that ends.</summary>
    NotUnloaded,
}

/// <summary>A plugin as people and programs see it.</summary>
/// <param name="Id">Package id.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Vendor">Name of the vendor.</param>
/// <param name="State">How it stands on this node.</param>
/// <param name="ActiveVersion">The version that new runs and calls take, or null.</param>
/// <param name="PreviousVersion">The version that rolling back returns to, or null.</param>
/// <param name="Versions">Its versions, in the order they were installed.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="UpdatedBy">Who changed it last.</param>
/// <param name="Problem">Why it is degraded, or null.</param>
/// <param name="Usage">What the active version has done on this node, or null.</param>
public sealed record PluginView(
    string Id,
    LocalizedText Name,
    string Vendor,
    PluginState State,
    string? ActiveVersion,
    string? PreviousVersion,
    IReadOnlyList<PluginVersionView> Versions,
    DateTimeOffset UpdatedAt,
    Actor UpdatedBy,
    Failure? Problem,
    PluginUsage? Usage)
{
    /// <summary>The limits that an administrator has set for it; null for those of the options.</summary>
    public PluginLimits? Limits { get; init; }
}

/// <summary>A version of a plugin as people and programs see it.</summary>
/// <param name="Version">Version.</param>
/// <param name="Sha256">Digest of its package.</param>
/// <param name="State">How it stands on this node.</param>
/// <param name="Tier">Where its code runs.</param>
/// <param name="IsBundled">True when it came with the program.</param>
/// <param name="Signature">Who signed it, or null.</param>
/// <param name="Permissions">What it asks for.</param>
/// <param name="Grants">What was granted of it; null while nobody has decided.</param>
/// <param name="GrantedBy">Who granted it.</param>
/// <param name="Change">What it asks for compared with what the active version has.</param>
/// <param name="Components">Ids of its components.</param>
/// <param name="Scenarios">Published scenarios of the asker's organization that hold on to it.</param>
/// <param name="Runs">Runs under way, of all organizations, that hold on to it.</param>
/// <param name="InstalledAt">When it was installed.</param>
/// <param name="InstalledBy">Who installed it.</param>
public sealed record PluginVersionView(
    string Version,
    string Sha256,
    PluginVersionState State,
    PluginTier Tier,
    bool IsBundled,
    PackageSignature? Signature,
    IReadOnlyList<PluginPermission> Permissions,
    IReadOnlyList<Grant>? Grants,
    Actor? GrantedBy,
    PermissionChange Change,
    IReadOnlyList<string> Components,
    IReadOnlyList<string> Scenarios,
    long Runs,
    DateTimeOffset InstalledAt,
    Actor InstalledBy)
{
    /// <summary>Vendor and key of a version that awaits consent because it is not of the publisher of the active one; else null.</summary>
    public string? OtherPublisher { get; init; }

    /// <summary>What the static audit found when it was installed; null for one that came with the program.</summary>
    public VersionAudit? Audit { get; init; }
}
