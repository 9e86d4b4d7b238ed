using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IndustryBrain.Plugins.Installing;
using IndustryBrain.Plugins.Manifests;
using IndustryBrain.Plugins.Trust;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins;

/// <summary>Unpacks packages into versioned folders: <c>{folder}/{id}/{version}</c>, complete or not at all.</summary>
/// <param name="options">Folder and limits.</param>
public sealed class PluginInstaller(PluginOptions options)
{
    private const string DigestName = "package.sha256";
    private const string IncomingName = ".incoming";
    private const string ContentPrefix = "plugin/net10.0/";
    private const string PackageName = "package.nupkg";
    private static readonly TimeSpan Left = TimeSpan.FromMinutes(10);

    /// <summary>Checks a package and unpacks it. The same package again changes nothing; other content under an installed version is refused (IB1012).</summary>
    /// <param name="nupkg">The package; read once, from where it stands.</param>
    /// <param name="cancellationToken">Cancels installing; nothing stays behind.</param>
    public Task<Result<InstalledPlugin>> InstallAsync(Stream nupkg, CancellationToken cancellationToken) => InstallAsync(nupkg, replace: false, isVouched: false, cancellationToken);

    /// <summary>As <see cref="InstallAsync(Stream, CancellationToken)"/>, of a package that more is known of.</summary>
    /// <param name="nupkg">The package; read once, from where it stands.</param>
    /// <param name="replace">True lets other content take the place of the installed version. For packages built with the host, whose version stays while they are developed; the version must not be loaded.</param>
    /// <param name="isVouched">True when it came with the host, or with the signature of somebody known: only such a package may bear the name of the platform (IB1185).</param>
    /// <param name="cancellationToken">Cancels installing; nothing stays behind.</param>
    public async Task<Result<InstalledPlugin>> InstallAsync(Stream nupkg, bool replace, bool isVouched, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nupkg);
        var incoming = Path.Combine(Path.GetFullPath(options.Folder), IncomingName, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(incoming);
            RemoveLeft(new DirectoryInfo(incoming));
            return await InstallAsync(nupkg, incoming, replace, isVouched, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return PluginFailures.FolderNotUsable(options.Folder);
        }
        finally
        {
            Remove(incoming);
        }
    }

    /// <summary>Reads the manifest of a package after checking its structure; nothing is unpacked.</summary>
    /// <param name="nupkg">The package; a stream that can seek.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async Task<Result<PluginManifest>> ReadAsync(Stream nupkg, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nupkg);
        nupkg.Position = 0;
        if (!(await OpenPackage.OpenAsync(nupkg, options, cancellationToken).ConfigureAwait(false)).TryGet(out var opened, out var refused))
        {
            return refused;
        }

        await using (opened)
        {
            return opened.Manifest;
        }
    }

    /// <summary>IB1012: other content stands under this version.</summary>
    public static Failure OtherContent(PluginManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return PluginFailures.OtherContent(manifest.Id, manifest.Version);
    }

    /// <summary>The installed version with this content, or null.</summary>
    public InstalledPlugin? Find(PluginPin pin)
    {
        ArgumentNullException.ThrowIfNull(pin);
        return FindReadable(FolderOf(pin.Plugin, pin.Version)) is { } found && found.Sha256 == pin.Sha256 ? found : null;
    }

    /// <summary>True for what says that a package is of another platform, SDK or processor than this program's: it may be fine elsewhere.</summary>
    public static bool IsUnsupported(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Code is "IB1014" or "IB1188" or "IB1231";
    }

    /// <summary>IB1231 or IB1014 when a plugin is of another platform or SDK than this program's: what was installed by an earlier program, say; else null.</summary>
    public static Failure? Unsupported(PluginManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (manifest.Platforms is { } platforms && !platforms.Any(PackagePlatform.IsOurs))
        {
            return PluginFailures.OtherPlatform(string.Join(", ", platforms), PackagePlatform.Current);
        }

        var sdk = typeof(Failure).Assembly.GetName().Version!;
        return VersionRange.Parse(manifest.Sdk)!.Includes(sdk) ? null : PluginFailures.OtherSdk(manifest.Sdk, sdk.ToString(3));
    }

    /// <summary>Deletes an installed version, which must not be loaded. What cannot be deleted is moved to where nothing is loaded from.</summary>
    public void Uninstall(string id, string version)
    {
        var folder = FolderOf(id, version);
        var aside = Path.Combine(Path.GetFullPath(options.Folder), IncomingName, Guid.NewGuid().ToString("N"));
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
                Directory.Move(folder, aside);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        Remove(aside);
    }

    /// <summary>What is installed in the folder, by id and version; what cannot be read is left out.</summary>
    public IReadOnlyList<InstalledPlugin> List()
    {
        var found = new List<InstalledPlugin>();
        var root = Path.GetFullPath(options.Folder);
        foreach (var plugin in Folders(root).Where(f => Path.GetFileName(f) != IncomingName))
        {
            foreach (var version in Folders(plugin))
            {
                if (FindReadable(version) is { } installed)
                {
                    found.Add(installed);
                }
            }
        }

        return found;
    }

    private async Task<Result<InstalledPlugin>> InstallAsync(Stream nupkg, string incoming, bool replace, bool isVouched, CancellationToken ct)
    {
        var packagePath = Path.Combine(incoming, PackageName);
        await using var package = new FileStream(packagePath, Mode(FileMode.CreateNew));
        if (await CopyAsync(nupkg, package, options.MaxPackageBytes, ct).ConfigureAwait(false) is not { } sha256)
        {
            return PluginFailures.PackageTooLarge(options.MaxPackageBytes);
        }

        if (!(await OpenPackage.OpenAsync(package, options, ct).ConfigureAwait(false)).TryGet(out var opened, out var refused))
        {
            return refused;
        }

        await using (opened)
        {
            var (archive, manifest) = (opened.Archive, opened.Manifest);
            if (Unsuitable(archive, manifest) is { } unsuitable)
            {
                return unsuitable;
            }

            if (ConfusingNames.Check(manifest, List().Select(plugin => plugin.Manifest), options.AcceptedNames, isVouched) is { } confusing)
            {
                return confusing;
            }

            if ((await PackageIntegrity.CheckAsync(package, opened.Structure, archive, manifest, ct).ConfigureAwait(false)).Failure is { } broken)
            {
                return broken;
            }

            if (await EntryComponents.AbsentAsync(archive.GetEntry(ContentPrefix + manifest.EntryAssembly), manifest, ct).ConfigureAwait(false) is { } absent)
            {
                return absent;
            }

            if (await PackageMachine.CheckAsync(archive, RuntimeInformation.ProcessArchitecture, ct).ConfigureAwait(false) is { } otherMachine)
            {
                return otherMachine;
            }

            var target = FolderOf(manifest.Id, manifest.Version);
            if (Installed(target, manifest, sha256) is { } installed && (!replace || installed.Failure is null))
            {
                return installed;
            }

            var unpacked = Path.Combine(incoming, "unpacked");
            await UnpackAsync(archive, unpacked, ct).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(unpacked, DigestName), sha256, ct).ConfigureAwait(false);
            return Place(unpacked, target, manifest, sha256);
        }
    }

    private string FolderOf(string id, string version) => Path.Combine(Path.GetFullPath(options.Folder), id.ToLowerInvariant(), version);

    private static Failure? Unsuitable(ZipArchive archive, PluginManifest manifest)
    {
        if (archive.GetEntry(ContentPrefix + manifest.EntryAssembly) is null)
        {
            return PluginFailures.EntryAssemblyMissing(manifest.EntryAssembly);
        }

        if (PackageIcons.Check(archive, ContentPrefix, manifest) is { } iconMissing)
        {
            return iconMissing;
        }

        return Unsupported(manifest);
    }

    private static Result<InstalledPlugin>? Installed(string target, PluginManifest manifest, string sha256)
    {
        if (Find(target) is not { } installed)
        {
            return null;
        }

        return installed.Sha256 == sha256 ? installed : PluginFailures.OtherContent(manifest.Id, manifest.Version);
    }

    private static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];

    // One folder that cannot be read keeps nobody from the others.
    private static InstalledPlugin? FindReadable(string folder)
    {
        try
        {
            return Find(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static InstalledPlugin? Find(string folder)
    {
        var manifest = Path.Combine(folder, PluginPackage.ManifestName);
        var digest = Path.Combine(folder, DigestName);
        return File.Exists(manifest) && File.Exists(digest) && ManifestReader.Read(File.ReadAllBytes(manifest)).TryGet(out var read, out _)
            ? new InstalledPlugin(read, folder, File.ReadAllText(digest).Trim())
            : null;
    }

    private static Result<InstalledPlugin> Place(string unpacked, string target, PluginManifest manifest, string sha256)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        for (var attempt = 0; ; attempt++)
        {
            if (Directory.Exists(target))
            {
                // Another process was faster, or an older content gives way: it moves aside first, so that the name is never half filled.
                if (Installed(target, manifest, sha256) is { Failure: null } same)
                {
                    return same;
                }

                Directory.Move(target, Path.Combine(Path.GetDirectoryName(unpacked)!, "replaced" + attempt));
            }

            try
            {
                Directory.Move(unpacked, target);
                return new InstalledPlugin(manifest, target, sha256);
            }
            catch (IOException) when (attempt < 3 && Directory.Exists(target))
            {
            }
        }
    }

    private static async Task UnpackAsync(ZipArchive archive, string folder, CancellationToken ct)
    {
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.EndsWith('/') || !(entry.FullName == PluginPackage.ManifestName || (entry.FullName.StartsWith(ContentPrefix, StringComparison.Ordinal) && PackagePlatform.IsWanted(entry.FullName))))
            {
                continue;
            }

            var path = Path.Combine(folder, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var content = await entry.OpenAsync(ct).ConfigureAwait(false);
            await using var file = new FileStream(path, Mode(FileMode.CreateNew));
            await content.CopyToAsync(file, ct).ConfigureAwait(false);
        }
    }

    private static async Task<string?> CopyAsync(Stream from, Stream to, long limit, CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        long total = 0;
        int read;
        while ((read = await from.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
        {
            total += read;
            if (total > limit)
            {
                return null;
            }

            digest.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    // Never executable, and not readable by everybody, whatever the package says.
    private static FileStreamOptions Mode(FileMode mode)
    {
        var file = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        }

        return file;
    }

    // What a host was killed over stays behind; what another process installs at this moment is locked by it.
    private static void RemoveLeft(DirectoryInfo mine)
    {
        foreach (var left in mine.Parent!.EnumerateDirectories().Where(d => mine.LastWriteTimeUtc - d.LastWriteTimeUtc > Left))
        {
            try
            {
                var package = Path.Combine(left.FullName, PackageName);
                if (File.Exists(package))
                {
                    File.Open(package, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                }

                left.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody's still.
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed now lies below .incoming, where nothing is loaded from.
        }
    }
}
