namespace IndustryBrain.Plugins.Audit;

/// <summary>What the vendor's own assemblies were seen to use, to be compared with what the manifest says.</summary>
internal sealed class PluginUse
{
    /// <summary>Where each capability is used first.</summary>
    public Dictionary<string, UsePlace> Capabilities { get; } = new(StringComparer.Ordinal);

    /// <summary>Where a capability is asked for whose name cannot be read.</summary>
    public List<UsePlace> Unreadable { get; } = [];
}

/// <summary>Where a capability is used.</summary>
internal sealed record UsePlace(string File, string Member, int IlOffset, SourceLine? Source);
