using System.IO.Compression;
using IndustryBrain.Plugins.Installing;
using IndustryBrain.Plugins.Manifests;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins;

/// <summary>A plugin package (.nupkg) that is looked into without installing it.</summary>
public static class PluginPackage
{
    /// <summary>File at the root of a package that describes it.</summary>
    public const string ManifestName = "plugin.json";

    /// <summary>Reads what a package says about itself; IB1001–IB1004 or IB1028 when it says nothing valid.</summary>
    /// <param name="nupkg">The package; a stream that can seek.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<Result<PluginManifest>> ReadManifestAsync(Stream nupkg, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nupkg);
        try
        {
            await using var archive = await ZipArchive.CreateAsync(nupkg, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
            return await ReadManifestAsync(archive, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return PluginFailures.NotAPackage();
        }
    }

    internal static async Task<Result<PluginManifest>> ReadManifestAsync(ZipArchive archive, CancellationToken ct)
    {
        if (archive.GetEntry(ManifestName) is not { } entry)
        {
            return PluginFailures.ManifestMissing();
        }

        if (entry.Length > PackageCheck.MaxManifestBytes)
        {
            return PluginFailures.ManifestTooLarge(PackageCheck.MaxManifestBytes);
        }

        return ManifestReader.Read((await ReadTextAsync(archive, ct).ConfigureAwait(false)).Span);
    }

    /// <summary>The text of a manifest that is there.</summary>
    internal static async Task<ReadOnlyMemory<byte>> ReadTextAsync(ZipArchive archive, CancellationToken ct)
    {
        var entry = archive.GetEntry(ManifestName)!;
        await using var content = await entry.OpenAsync(ct).ConfigureAwait(false);
        using var buffer = new MemoryStream((int)entry.Length);
        await content.CopyToAsync(buffer, ct).ConfigureAwait(false);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
