using IndustryBrain.Plugins.Installing;

namespace IndustryBrain.Plugins;

/// <summary>What an installation looks for in the name of a plugin, for those who give one its name.</summary>
public static class PluginNames
{
    /// <summary>True when a part of an id is the name of a device on Windows, such as <c>CON</c>.</summary>
    public static bool IsDevice(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return PackageCheck.IsDevice(part);
    }

    /// <summary>True when an id begins as those of the platform's own plugins do, or reads like it.</summary>
    public static bool AreOfPlatform(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return ConfusingNames.IsOfPlatform(id);
    }
}
