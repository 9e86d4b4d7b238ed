using System.IO.Compression;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Installing;

/// <summary>A package that every check of form has passed: structure, paths, sizes, manifest.</summary>
internal sealed class OpenPackage(ZipStructure structure, ZipArchive archive, PluginManifest manifest) : IAsyncDisposable
{
    public ZipStructure Structure => structure;

    public ZipArchive Archive => archive;

    public PluginManifest Manifest => manifest;

    /// <summary>Opens a package and leaves its stream open when done.</summary>
    public static async Task<Result<OpenPackage>> OpenAsync(Stream package, PluginOptions options, CancellationToken ct)
    {
        if (package.Length > options.MaxPackageBytes)
        {
            return PluginFailures.PackageTooLarge(options.MaxPackageBytes);
        }

        if (!ZipStructure.Read(package, options.MaxEntries).TryGet(out var structure, out var ambiguous))
        {
            return ambiguous;
        }

        ZipArchive? archive = null;
        try
        {
            archive = await ZipArchive.CreateAsync(package, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, ct).ConfigureAwait(false);
            if (PackageCheck.Entries(archive, package.Length, options) is { } refused)
            {
                return refused;
            }

            if (!(await PluginPackage.ReadManifestAsync(archive, ct).ConfigureAwait(false)).TryGet(out var manifest, out var failure))
            {
                return failure;
            }

            if (await NuspecCheck.CheckAsync(archive, manifest, ct).ConfigureAwait(false) is { } otherIdentity)
            {
                return otherIdentity;
            }

            var opened = new OpenPackage(structure, archive, manifest);
            archive = null;
            return opened;
        }
        catch (InvalidDataException)
        {
            return PluginFailures.NotAPackage();
        }
        finally
        {
            if (archive is not null)
            {
                await archive.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public ValueTask DisposeAsync() => archive.DisposeAsync();
}
