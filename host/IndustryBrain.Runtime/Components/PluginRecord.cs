using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Components;

/// <summary>That a plugin version is installed on this platform; belongs to no organization.</summary>
public sealed class PluginRecord
{
    /// <summary>Package id and version, joined by <c>@</c>, in lower case.</summary>
    public required string Id { get; set; }

    /// <summary>Package id.</summary>
    public required string PluginId { get; set; }

    /// <summary>Version.</summary>
    public required string Version { get; set; }

    /// <summary>Name for people.</summary>
    public required LocalizedText Name { get; set; }

    /// <summary>Digest of the package.</summary>
    public required string Sha256 { get; set; }

    /// <summary>When it was installed.</summary>
    public DateTimeOffset InstalledAt { get; set; }
}
