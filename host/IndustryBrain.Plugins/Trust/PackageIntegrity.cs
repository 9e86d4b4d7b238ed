using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using IndustryBrain.Plugins.Installing;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Trust;

/// <summary>Whether a package is undamaged and, where it is signed, what was signed. Needs no knowledge of whom to trust: a signature carries its key.</summary>
internal static class PackageIntegrity
{
    private const int MaxSignatureBytes = 1_024;
    private static readonly SignatureRole[] Roles = [SignatureRole.Vendor, SignatureRole.Marketplace];

    public static async Task<Result<PackageSignatures>> CheckAsync(Stream package, ZipStructure structure, ZipArchive archive, PluginManifest manifest, CancellationToken ct)
    {
        if (!(await ReadFilesAsync(structure, archive, ct).ConfigureAwait(false)).TryGet(out var files, out var damaged))
        {
            return damaged;
        }

        if (Stray(structure) is { } stray)
        {
            return stray;
        }

        var found = new SignedContent?[Roles.Length];
        foreach (var role in Roles)
        {
            var at = IndexOf(structure, SignatureFiles.Content(role));
            if (at < 0)
            {
                if (IndexOf(structure, SignatureFiles.Signature(role)) >= 0)
                {
                    return TrustFailures.SignatureNotReadable(SignatureFiles.Signature(role));
                }

                continue;
            }

            if (!(await CheckAsync(package, structure, at, role, archive, manifest, files, ct).ConfigureAwait(false)).TryGet(out var content, out var failure))
            {
                return failure;
            }

            found[(int)role] = content;
        }

        NuGetSignature? nuget = null;
        return files.ContainsKey(SignatureFiles.NuGet) && !(await NuGetSignature.ReadAsync(package, ct).ConfigureAwait(false)).TryGet(out nuget, out var wrong)
            ? wrong
            : new PackageSignatures(found[0], found[1], nuget);
    }

    /// <summary>SHA-512 of the first bytes of a package, in Base64.</summary>
    public static async Task<string> HashAsync(Stream package, long size, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        var buffer = new byte[81_920];
        package.Position = 0;
        while (size > 0 && await package.ReadAsync(buffer.AsMemory(0, (int)Math.Min(size, buffer.Length)), ct).ConfigureAwait(false) is var read and > 0)
        {
            hash.AppendData(buffer, 0, read);
            size -= read;
        }

        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>SHA-512 of each file by path; IB1171 for one whose size or checksum is not what the package says.</summary>
    public static async Task<Result<Dictionary<string, SignedFile>>> ReadFilesAsync(ZipStructure structure, ZipArchive archive, CancellationToken ct)
    {
        var files = new Dictionary<string, SignedFile>(StringComparer.Ordinal);
        var entries = archive.Entries.ToDictionary(entry => entry.FullName, StringComparer.Ordinal);
        var buffer = new byte[81_920];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        foreach (var record in structure.Records.Where(record => !record.Name.EndsWith('/')))
        {
            long size = 0;
            uint crc = 0;
            try
            {
                await using var content = await entries[record.Name].OpenAsync(ct).ConfigureAwait(false);
                while (await content.ReadAsync(buffer, ct).ConfigureAwait(false) is var read and > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    crc = Crc32.Append(crc, buffer.AsSpan(0, read));
                    size += read;
                }
            }
            catch (InvalidDataException)
            {
                return TrustFailures.FileChanged(record.Name);
            }

            var sha512 = Convert.ToBase64String(hash.GetHashAndReset());
            if (crc != record.Crc || size != record.Size)
            {
                return TrustFailures.FileChanged(record.Name);
            }

            files[record.Name] = new SignedFile(record.Name, size, sha512);
        }

        return files;
    }

    private static async Task<Result<SignedContent>> CheckAsync(
        Stream package, ZipStructure structure, int at, SignatureRole role, ZipArchive archive, PluginManifest manifest, Dictionary<string, SignedFile> files, CancellationToken ct)
    {
        var name = SignatureFiles.Content(role);
        if (at + 1 >= structure.Records.Count || structure.Records[at + 1].Name != SignatureFiles.Signature(role)
            || structure.Records[at].Size > PackageCheck.MaxManifestBytes || structure.Records[at + 1].Size > MaxSignatureBytes)
        {
            return TrustFailures.SignatureNotReadable(name);
        }

        var bytes = await ReadAsync(archive, name, ct).ConfigureAwait(false);
        var signature = await ReadAsync(archive, SignatureFiles.Signature(role), ct).ConfigureAwait(false);
        if (Parse(bytes) is not { } content || PublicKey.FromBase64(content.PublicKey) is not { } key || key.Id != content.KeyId)
        {
            return TrustFailures.SignatureNotReadable(name);
        }

        if (!key.Verifies(bytes, signature))
        {
            return TrustFailures.SignatureWrong(name);
        }

        if (!string.Equals(content.Id, manifest.Id, StringComparison.Ordinal) || content.Version != manifest.Version)
        {
            return TrustFailures.OtherIdentity(name, $"{content.Id} {content.Version}", $"{manifest.Id} {manifest.Version}");
        }

        return CheckFiles(structure, at, content, files)
            ?? (content.Size != structure.Records[at].Offset || await HashAsync(package, content.Size, ct).ConfigureAwait(false) != content.Sha512
                ? TrustFailures.Repacked()
                : new Result<SignedContent>(content));
    }

    private static Failure? CheckFiles(ZipStructure structure, int at, SignedContent content, Dictionary<string, SignedFile> files)
    {
        var signed = new Dictionary<string, SignedFile>(StringComparer.Ordinal);
        foreach (var file in content.Files)
        {
            if (!signed.TryAdd(file.Path, file) || !files.TryGetValue(file.Path, out var found))
            {
                return TrustFailures.FileNotSigned(file.Path);
            }

            if (found != file)
            {
                return TrustFailures.FileChanged(file.Path);
            }
        }

        var extra = structure.Records.Take(at).FirstOrDefault(record => !record.Name.EndsWith('/') && !signed.ContainsKey(record.Name));
        return extra.Name is null ? null : TrustFailures.FileNotSigned(extra.Name);
    }

    // Behind the first signature only signatures may lie, and NuGet's is the last of all.
    private static Failure? Stray(ZipStructure structure)
    {
        var signed = false;
        for (var i = 0; i < structure.Records.Count; i++)
        {
            var name = structure.Records[i].Name;
            var isOurs = Array.Exists(Roles, role => name == SignatureFiles.Content(role) || name == SignatureFiles.Signature(role));
            signed |= isOurs;
            if (name == SignatureFiles.NuGet ? i != structure.Records.Count - 1 : !isOurs && (signed || SignatureFiles.Includes(name)))
            {
                return TrustFailures.FileNotSigned(name);
            }
        }

        return null;
    }

    private static int IndexOf(ZipStructure structure, string name)
    {
        for (var i = 0; i < structure.Records.Count; i++)
        {
            if (structure.Records[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static SignedContent? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TrustJson.Signed.SignedContent);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<byte[]> ReadAsync(ZipArchive archive, string name, CancellationToken ct)
    {
        await using var content = await archive.GetEntry(name)!.OpenAsync(ct).ConfigureAwait(false);
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, ct).ConfigureAwait(false);
        return buffer.ToArray();
    }
}
