namespace IndustryBrain.Plugins;

/// <summary>How far a plugin is trusted, and so where its code runs.</summary>
public enum PluginTier
{
    /// <summary>In the host's process: only what came with the host, or what an administrator trusts by name.</summary>
    Trusted,

    /// <summary>In a process of its own without network, files, processes or the host's environment. The default of everybody else. Where the platform has no jail (macOS, Windows) it is <see cref="Unjailed"/>.</summary>
    Jailed,

    /// <summary>In a process of its own with the host's rights.</summary>
    Unjailed,
}
