using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins;

/// <summary>A plugin that was unpacked and may be loaded.</summary>
/// <param name="Manifest">What it says about itself.</param>
/// <param name="Folder">Folder of this version; holds <c>plugin.json</c> and <c>plugin/net10.0/</c>.</param>
/// <param name="Sha256">Digest of the package it came from, 64 lower-case hexadecimal digits.</param>
public sealed record InstalledPlugin(PluginManifest Manifest, string Folder, string Sha256)
{
    /// <summary>Where its code runs. Who installs it decides; what nobody has decided about is jailed.</summary>
    public PluginTier Tier { get; init; } = PluginTier.Jailed;

    /// <summary>This version, by its content.</summary>
    public PluginPin Pin => new(Manifest.Id, Manifest.Version, Sha256);

    /// <summary>Full path of the assembly with the components.</summary>
    public string EntryAssemblyPath => Path.Combine(Folder, "plugin", "net10.0", Manifest.EntryAssembly);
}
