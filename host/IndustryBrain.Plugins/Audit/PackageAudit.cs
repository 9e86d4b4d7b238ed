using System.IO.Compression;
using System.Security.Cryptography;
using IndustryBrain.Plugins.Installing;
using IndustryBrain.Plugins.Manifests;
using IndustryBrain.Plugins.Trust;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Audits a plugin package without loading or running anything of it: what its code could do, where its files come from, and whether its permissions are those that it uses. Asks no network.</summary>
public sealed class PackageAudit
{
    private const string ContentPrefix = "plugin/net10.0/";
    private const string Dependencies = ".deps.json";
    private const string Symbols = ".pdb";
    private const long MaxSymbolBytes = 64 << 20;
    private const int HeadBytes = 128;
    private const int BufferBytes = 64 * 1024;
    private readonly PluginOptions _options;
    private readonly KnownPackages _packages;

    /// <summary>An audit with the public packages and advisories that come with the platform.</summary>
    /// <param name="options">Limits of a package; what exceeds them is a finding.</param>
    public PackageAudit(PluginOptions options)
        : this(options, KnownPackages.Default)
    {
    }

    internal PackageAudit(PluginOptions options, KnownPackages packages) => (_options, _packages) = (options, packages);

    /// <summary>Audits a package. What an installation would refuse is a finding too (IBP0001); nothing is thrown for what a package holds.</summary>
    /// <param name="package">The package; a stream that can seek, left open.</param>
    /// <param name="cancellationToken">Cancels the audit.</param>
    public async Task<AuditReport> AuditAsync(Stream package, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        package.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(package, cancellationToken).ConfigureAwait(false));
        package.Position = 0;
        if (!(await OpenPackage.OpenAsync(package, _options, cancellationToken).ConfigureAwait(false)).TryGet(out var opened, out var refused))
        {
            return new(sha256, null, [], [Refused(refused)]);
        }

        await using (opened)
        {
            var findings = new List<AuditFinding>();
            findings.AddRange(Unsuitable(opened, _options).Select(Refused));
            if ((await PackageIntegrity.CheckAsync(package, opened.Structure, opened.Archive, opened.Manifest, cancellationToken).ConfigureAwait(false)).Failure is { } broken)
            {
                // What cannot be unpacked cannot be read either.
                findings.Add(Refused(broken));
                return new(sha256, opened.Manifest, [], findings);
            }

            if (await PackageMachine.CheckAsync(opened.Archive, opened.Manifest.Platforms, cancellationToken).ConfigureAwait(false) is { } otherMachine)
            {
                findings.Add(Refused(otherMachine));
            }

            findings.AddRange(ManifestAudit.Judge(opened.Manifest, await PluginPackage.ReadTextAsync(opened.Archive, cancellationToken).ConfigureAwait(false)));
            var files = await ReadAsync(opened.Archive, cancellationToken).ConfigureAwait(false);
            findings.AddRange(Judge(opened.Manifest, files, cancellationToken));
            return new(sha256, opened.Manifest, [.. files.Select(file => file.Entry)], findings);
        }
    }

    private static AuditFinding Refused(Failure failure) =>
        new(AuditRules.PackageRefused, AuditSeverity.Error, new($"{failure.Code}：{failure.Message.Zh}{failure.Action?.Zh}", $"{failure.Code}: {failure.Message.En}{(failure.Action is null ? "" : " " + failure.Action.En)}")) { File = failure.Where };

    // What an installation looks for besides; the platform of this machine is none of the package's.
    private static IEnumerable<Failure> Unsuitable(OpenPackage package, PluginOptions options)
    {
        // Who brings it will be asked when it is installed.
        if (ConfusingNames.OfPlatform(package.Manifest, options.AcceptedNames, isVouched: true) is { } confusing)
        {
            yield return confusing;
        }

        if (package.Archive.GetEntry(ContentPrefix + package.Manifest.EntryAssembly) is null)
        {
            yield return PluginFailures.EntryAssemblyMissing(package.Manifest.EntryAssembly);
        }

        if (PackageIcons.Check(package.Archive, ContentPrefix, package.Manifest) is { } iconMissing)
        {
            yield return iconMissing;
        }

        var sdk = typeof(Failure).Assembly.GetName().Version!;
        if (!VersionRange.Parse(package.Manifest.Sdk)!.Includes(sdk))
        {
            yield return PluginFailures.OtherSdk(package.Manifest.Sdk, sdk.ToString(3));
        }
    }

    // The vendor's own first.
    private async Task<List<ReadFile>> ReadAsync(ZipArchive archive, CancellationToken ct)
    {
        var files = new List<ReadFile>();
        foreach (var entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            var (content, sha256) = await ReadAsync(entry, ct).ConfigureAwait(false);
            var known = _packages.FindFile(sha256);
            files.Add(new(new(entry.FullName, entry.Length, sha256, known is null ? null : $"{known.Id}/{known.Version}"), content, known));
        }

        return [.. files.OrderBy(file => file.Known is not null).ThenBy(file => file.Entry.Path, StringComparer.Ordinal)];
    }

    // Of data the beginning is enough, so that a large model is not held in memory.
    private static async Task<(byte[] Content, string Sha256)> ReadAsync(ZipArchiveEntry entry, CancellationToken ct)
    {
        await using var stream = await entry.OpenAsync(ct).ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[Math.Min(entry.Length, HeadBytes)];
        await stream.ReadExactlyAsync(head, ct).ConfigureAwait(false);
        hash.AppendData(head);
        var content = head;
        if (ImageAudit.IsProgram(head) || entry.FullName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || IsSymbols(entry) || entry.FullName.EndsWith(Dependencies, StringComparison.Ordinal))
        {
            content = new byte[entry.Length];
            head.CopyTo(content, 0);
            await stream.ReadExactlyAsync(content.AsMemory(head.Length), ct).ConfigureAwait(false);
            hash.AppendData(content.AsSpan(head.Length));
        }
        else
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = await stream.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0;)
            {
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }

        return (content, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static bool IsSymbols(ZipArchiveEntry entry) => entry.Length <= MaxSymbolBytes && entry.FullName.EndsWith(Symbols, StringComparison.OrdinalIgnoreCase);

    private List<AuditFinding> Judge(PluginManifest manifest, List<ReadFile> files, CancellationToken ct)
    {
        var found = new List<AuditFinding>();
        var use = new PluginUse();
        var shipped = files.Select(file => Path.GetFileNameWithoutExtension(file.Entry.Path)).ToHashSet(StringComparer.Ordinal);
        var dependencies = new DependencyAudit(_packages, ClaimedPackages.Read(files.Where(file => file.Entry.Path.EndsWith(Dependencies, StringComparison.Ordinal)).Select(file => file.Content)));
        var isWhole = true;
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            var findings = new AuditFindings(file.Entry.Path, file.Entry.Package);
            var symbols = files.Find(other => other.Entry.Path.Equals(Path.ChangeExtension(file.Entry.Path, Symbols), StringComparison.OrdinalIgnoreCase))?.Content;
            ImageAudit.Run(file.Content, shipped, findings, use, symbols);
            found.AddRange(findings.All());
            found.AddRange(dependencies.Judge(file.Entry, file.Known));
            isWhole &= file.Known is not null || findings.All().All(finding => finding.Rule != AuditRules.UnreadableImage && finding.Rule != AuditRules.ReadyToRun && finding.Rule != AuditRules.MixedImage);
        }

        if (EntryComponents.Absent(files.Find(file => file.Entry.Path == ContentPrefix + manifest.EntryAssembly)?.Content, manifest) is { } absent)
        {
            found.Add(Refused(absent));
        }

        found.AddRange(LabelAudit.Judge(manifest));

        // Where code could not be read, nobody knows what it uses.
        found.AddRange(PermissionAudit.Compare(manifest, use).Where(finding => isWhole || finding.Rule != AuditRules.UnusedPermission));
        return found;
    }

    private sealed record ReadFile(AuditedFile Entry, byte[] Content, KnownPackage? Known);
}
