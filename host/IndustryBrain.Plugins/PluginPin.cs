namespace IndustryBrain.Plugins;

/// <summary>One version of a plugin, by its content: what a published scenario and a run under way hold on to.</summary>
/// <param name="Plugin">Package id.</param>
/// <param name="Version">Version.</param>
/// <param name="Sha256">Digest of the package, 64 lower-case hexadecimal digits.</param>
public sealed record PluginPin(string Plugin, string Version, string Sha256);
