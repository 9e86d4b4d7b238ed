using System.IO.Compression;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Installing;

/// <summary>Compares the icons that a manifest names with the files of its package.</summary>
internal static class PackageIcons
{
    /// <summary>IB1026 for the first component whose SVG is not in the package.</summary>
    public static Failure? Check(ZipArchive archive, string contentPrefix, PluginManifest manifest) =>
        manifest.Components.FirstOrDefault(component => component.Icon is { } icon && icon.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) && archive.GetEntry(contentPrefix + icon) is null) is { } component
            ? PluginFailures.IconMissing(component.Id, component.Icon!)
            : null;
}
