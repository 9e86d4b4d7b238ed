using IndustryBrain.Plugins.Loading;

namespace IndustryBrain.Plugins;

/// <summary>Compares versions of plugins.</summary>
public static class PluginVersions
{
    /// <summary>True when the first comes after the second in the order of semantic versions: a pre-release stands before its release.</summary>
    public static bool IsNewer(string version, string than) => VersionOrder.Instance.Compare(version, than) > 0;
}
