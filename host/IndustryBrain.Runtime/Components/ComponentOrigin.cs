using IndustryBrain.Plugins;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Runtime.Components;

/// <summary>The installed plugin that a component came in.</summary>
/// <param name="Id">Package id.</param>
/// <param name="Version">Installed version.</param>
/// <param name="Vendor">Name of the vendor.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Permissions">What it asks for.</param>
/// <param name="Clusters">Codes of the industry clusters it serves; empty means all.</param>
/// <param name="Sha256">Digest of the package, lower-case hex.</param>
/// <param name="Tier">Where its code runs.</param>
public sealed record ComponentOrigin(
    string Id,
    string Version,
    string Vendor,
    LocalizedText Name,
    LocalizedText Description,
    IReadOnlyList<PluginPermission> Permissions,
    IReadOnlyList<string> Clusters,
    string Sha256,
    PluginTier Tier);
