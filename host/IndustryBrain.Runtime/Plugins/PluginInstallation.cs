using IndustryBrain.Plugins.Limits;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>A plugin on this platform: its versions, and which of them answers. All nodes follow this record; it belongs to no organization.</summary>
public sealed class PluginInstallation
{
    /// <summary>Package id in lower case.</summary>
    public required string Id { get; set; }

    /// <summary>Package id as its vendor spells it.</summary>
    public required string PluginId { get; set; }

    /// <summary>Name for people.</summary>
    public required LocalizedText Name { get; set; }

    /// <summary>Name of the vendor.</summary>
    public required string Vendor { get; set; }

    /// <summary>The version that new runs and calls take; null while none has been consented to.</summary>
    public string? ActiveVersion { get; set; }

    /// <summary>The version that was active before: what rolling back returns to.</summary>
    public string? PreviousVersion { get; set; }

    /// <summary>True when no new run and no call may use it; runs under way go on.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>When it was removed; the record and its files go when the last run that holds on to it has ended.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>The limits that an administrator has set for it; null for those of the options.</summary>
    public PluginLimits? Limits { get; set; }

    /// <summary>Its versions, in the order they were installed.</summary>
    public IReadOnlyList<PluginVersion> Versions { get; set; } = [];

    /// <summary>When this record changed last.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Who changed it last.</summary>
    public required Actor UpdatedBy { get; set; }

    internal PluginVersion? Active => Find(ActiveVersion);

    internal bool AnswersNow => ActiveVersion is not null && !IsDisabled && RemovedAt is null;

    internal static string IdOf(string pluginId) => pluginId.ToLowerInvariant();

    internal PluginVersion? Find(string? version) => Versions.FirstOrDefault(v => v.Version == version);

    internal void Replace(PluginVersion version) => Versions = Find(version.Version) is null
        ? [.. Versions, version]
        : [.. Versions.Select(v => v.Version == version.Version ? version : v)];
}
