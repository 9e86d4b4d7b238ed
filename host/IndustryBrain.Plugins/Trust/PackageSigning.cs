using System.IO.Compression;
using System.Text.Json;
using IndustryBrain.Plugins.Installing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Trust;

/// <summary>Adds a signature to a package. What was there stays byte for byte; two files are added behind it.</summary>
public static class PackageSigning
{
    /// <summary>Signs a package; IB1180 when it carries that signature, or a NuGet signature, already, and what <see cref="PackageVerifier"/> refuses when it is damaged.</summary>
    /// <param name="nupkg">The package; a stream that can seek.</param>
    /// <param name="key">The key.</param>
    /// <param name="role">In what role; a marketplace signs over its vendor's signature.</param>
    /// <param name="time">The clock.</param>
    /// <param name="target">Receives the signed package.</param>
    /// <param name="cancellationToken">Cancels signing.</param>
    /// <returns>The failure, or null.</returns>
    public static async Task<Failure?> SignAsync(Stream nupkg, SigningKey key, SignatureRole role, TimeProvider time, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nupkg);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(target);
        if (!(await OpenPackage.OpenAsync(nupkg, new PluginOptions(), cancellationToken).ConfigureAwait(false)).TryGet(out var package, out var refused))
        {
            return refused;
        }

        await using (package)
        {
            if (!(await PackageIntegrity.CheckAsync(nupkg, package.Structure, package.Archive, package.Manifest, cancellationToken).ConfigureAwait(false)).TryGet(out var existing, out var broken))
            {
                return broken;
            }

            if (existing.NuGet is not null)
            {
                return TrustFailures.AlreadySigned(SignatureFiles.NuGet);
            }

            if (existing.Marketplace is not null || (role == SignatureRole.Vendor && existing.Vendor is not null))
            {
                return TrustFailures.AlreadySigned(SignatureFiles.Content(existing.Marketplace is not null ? SignatureRole.Marketplace : SignatureRole.Vendor));
            }

            if (!(await PackageIntegrity.ReadFilesAsync(package.Structure, package.Archive, cancellationToken).ConfigureAwait(false)).TryGet(out var files, out var damaged))
            {
                return damaged;
            }

            var size = package.Structure.DirectoryOffset;
            var content = JsonSerializer.SerializeToUtf8Bytes(
                new SignedContent(
                    package.Manifest.Id,
                    package.Manifest.Version,
                    [.. files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)],
                    await PackageIntegrity.HashAsync(nupkg, size, cancellationToken).ConfigureAwait(false),
                    size,
                    time.GetUtcNow(),
                    key.Public.Id,
                    key.Public.Base64),
                TrustJson.Signed.SignedContent);
            await ZipAppender.WriteAsync(
                nupkg, package.Structure, [(SignatureFiles.Content(role), content), (SignatureFiles.Signature(role), key.Sign(content))], target, cancellationToken).ConfigureAwait(false);
            return null;
        }
    }
}
