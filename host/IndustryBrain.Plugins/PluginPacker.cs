using System.IO.Compression;
using System.Reflection;
using System.Security;
using System.Text;
using System.Text.Json;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Plugins.Manifests;
using IndustryBrain.Plugins.Packing;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins;

/// <summary>Makes a package of a plugin's publish folder. Equal files give equal bytes.</summary>
public static class PluginPacker
{
    private const string DependenciesSuffix = ".deps.json";
    private const string PackageType = "IbPlugin";

    // The earliest time that a zip entry can carry: when a package was packed is nothing of its content.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The manifest of the plugin whose assembly stands in <paramref name="publishFolder"/>; its components are made once to read their views.</summary>
    /// <returns>A manifest that <see cref="PluginPackage"/> reads back, or IB1003, IB1021–IB1026.</returns>
    public static Result<PluginManifest> Describe(string publishFolder)
    {
        ArgumentNullException.ThrowIfNull(publishFolder);
        if (EntryAssembly(publishFolder) is not { } entry)
        {
            return PluginFailures.PublishFolderInvalid(publishFolder);
        }

        using var loader = PluginAssembly.Open(Path.GetFullPath(entry));
        try
        {
            // Read back through the check of an installation: what would be refused there is not packed.
            return ManifestGenerator.Generate(loader.LoadDefaultAssembly(), Path.GetFileName(entry), PackagePlatform.Of(File.ReadAllBytes(Path.ChangeExtension(entry, DependenciesSuffix)))).Then(manifest => ManifestReader.Read(Write(manifest))).Then(manifest => IconMissing(manifest, publishFolder) is { } missing ? missing : new Result<PluginManifest>(manifest));
        }
        catch (Exception e) when (e is JsonException or BadImageFormatException or FileLoadException or FileNotFoundException or ReflectionTypeLoadException or TypeLoadException or TargetInvocationException)
        {
            return PluginFailures.AssemblyNotReadable(Path.GetFileName(entry));
        }
    }

    /// <summary>Writes the manifest of the plugin in <paramref name="publishFolder"/> to <paramref name="path"/>; a file that says the same is left untouched.</summary>
    /// <param name="publishFolder">What <c>dotnet publish</c> or the build wrote.</param>
    /// <param name="path">Its <c>plugin.json</c>.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    /// <returns><paramref name="path"/>, or why there is no manifest.</returns>
    public static async Task<Result<string>> WriteManifestAsync(string publishFolder, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Describe(publishFolder).TryGet(out var manifest, out var failure))
        {
            return failure;
        }

        try
        {
            await ReplaceAsync(path, Write(manifest), cancellationToken).ConfigureAwait(false);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return PluginFailures.FolderNotUsable(path);
        }
    }

    /// <summary>Packs a publish folder into <c>{outputFolder}/{id}.{version}.nupkg</c>; the file appears complete or not at all, and is left untouched when it has the same content.</summary>
    /// <param name="publishFolder">What <c>dotnet publish</c> wrote.</param>
    /// <param name="outputFolder">Made when absent.</param>
    /// <param name="cancellationToken">Cancels packing.</param>
    /// <returns>Path of the package.</returns>
    public static async Task<Result<string>> PackAsync(string publishFolder, string outputFolder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outputFolder);
        if (!Describe(publishFolder).TryGet(out var manifest, out var failure))
        {
            return failure;
        }

        try
        {
            using var package = new MemoryStream();
            await WriteAsync(package, manifest, publishFolder, cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(outputFolder);
            var target = Path.Combine(outputFolder, $"{manifest.Id}.{manifest.Version}.nupkg");
            await ReplaceAsync(target, package.ToArray(), cancellationToken).ConfigureAwait(false);
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return PluginFailures.FolderNotUsable(outputFolder);
        }
    }

    // Complete or not at all; untouched when it has the same content, so that nothing is built again because of it.
    private static async Task ReplaceAsync(string path, byte[] content, CancellationToken ct)
    {
        if (File.Exists(path) && (await File.ReadAllBytesAsync(path, ct).ConfigureAwait(false)).AsSpan().SequenceEqual(content))
        {
            return;
        }

        var unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        await File.WriteAllBytesAsync(unfinished, content, ct).ConfigureAwait(false);
        File.Move(unfinished, path, overwrite: true);
    }

    private static string? EntryAssembly(string publishFolder)
    {
        if (!Directory.Exists(publishFolder) || Directory.GetFiles(publishFolder, "*" + DependenciesSuffix) is not [var dependencies])
        {
            return null;
        }

        var assembly = dependencies[..^DependenciesSuffix.Length] + ".dll";
        return File.Exists(assembly) ? assembly : null;
    }

    private static Failure? IconMissing(PluginManifest manifest, string folder) =>
        manifest.Components.FirstOrDefault(c => c.Icon is { } icon && icon.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) && !File.Exists(Path.Combine(folder, icon))) is { } component ? PluginFailures.IconMissing(component.Id, component.Icon!) : null;

    private static byte[] Write(PluginManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, PluginJson.Manifests.PluginManifest);

    private static async Task WriteAsync(Stream package, PluginManifest manifest, string publishFolder, CancellationToken ct)
    {
        await using var archive = await ZipArchive.CreateAsync(package, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct).ConfigureAwait(false);
        await AddAsync(archive, PluginPackage.ManifestName, Write(manifest), ct).ConfigureAwait(false);
        await AddAsync(archive, manifest.Id + ".nuspec", Encoding.UTF8.GetBytes(Nuspec(manifest)), ct).ConfigureAwait(false);
        await AddAsync(archive, "_rels/.rels", Encoding.UTF8.GetBytes(Relations(manifest)), ct).ConfigureAwait(false);
        await AddAsync(archive, "[Content_Types].xml", Encoding.UTF8.GetBytes(ContentTypes(publishFolder)), ct).ConfigureAwait(false);
        foreach (var file in Files(publishFolder))
        {
            var name = Path.GetRelativePath(publishFolder, file).Replace('\\', '/');
            await AddAsync(archive, "plugin/net10.0/" + name, await File.ReadAllBytesAsync(file, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        }
    }

    private static IEnumerable<string> Files(string publishFolder) => Directory
        .EnumerateFiles(publishFolder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) != ".pdb" && Path.GetRelativePath(publishFolder, f) != PluginPackage.ManifestName && !Path.GetFileName(f).StartsWith("IndustryBrain.Sdk.", StringComparison.OrdinalIgnoreCase))
        .OrderBy(f => Path.GetRelativePath(publishFolder, f).Replace('\\', '/'), StringComparer.Ordinal);

    private static async Task AddAsync(ZipArchive archive, string name, byte[] content, CancellationToken ct)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = EntryTime;
        entry.ExternalAttributes = 0;
        await using var stream = await entry.OpenAsync(ct).ConfigureAwait(false);
        await stream.WriteAsync(content, ct).ConfigureAwait(false);
    }

    private static string Nuspec(PluginManifest manifest) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{manifest.Id}</id>
            <version>{manifest.Version}</version>
            <title>{Xml(manifest.Name.Zh)}</title>
            <authors>{Xml(manifest.Vendor)}</authors>
            <description>{Xml(manifest.Description.Zh)} {Xml(manifest.Description.En)}</description>
            <packageTypes><packageType name="{PackageType}" /></packageTypes>
          </metadata>
        </package>

        """.ReplaceLineEndings("\n");

    private static string Relations(PluginManifest manifest) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
          <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{manifest.Id}.nuspec" Id="R1" />
        </Relationships>

        """.ReplaceLineEndings("\n");

    private static string ContentTypes(string publishFolder)
    {
        var extensions = Files(publishFolder).Select(f => Path.GetExtension(f).TrimStart('.')).Where(e => e.Length > 0).Append("nuspec").Append("json")
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)
            .Select(e => $"""  <Default Extension="{Xml(e)}" ContentType="application/octet" />""");
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
              <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
            {string.Join('\n', extensions)}
            </Types>

            """.ReplaceLineEndings("\n");
    }

    private static string Xml(string text) => SecurityElement.Escape(text);
}
