using System.Security.Cryptography;
using IndustryBrain.Plugins.Installing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Trust;

/// <summary>Says of a package whether it is what its signers made, and who they are to those who trust <paramref name="store"/>.</summary>
/// <param name="store">Whom to trust.</param>
/// <param name="time">The clock: a revocation has a time, a certificate an end.</param>
/// <param name="options">Limits of packages.</param>
public sealed class PackageVerifier(TrustStore store, TimeProvider time, PluginOptions options)
{
    /// <summary>Verifies a package; never fails, what is wrong stands in the result.</summary>
    /// <param name="nupkg">The package; a stream that can seek.</param>
    /// <param name="cancellationToken">Cancels verifying.</param>
    public async Task<PackageTrust> VerifyAsync(Stream nupkg, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nupkg);
        nupkg.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(nupkg, cancellationToken).ConfigureAwait(false));
        if (!(await OpenPackage.OpenAsync(nupkg, options, cancellationToken).ConfigureAwait(false)).TryGet(out var package, out var refused))
        {
            return new PackageTrust(TrustLevel.Refused, sha256) { Failures = [refused] };
        }

        await using (package)
        {
            return (await PackageIntegrity.CheckAsync(nupkg, package.Structure, package.Archive, package.Manifest, cancellationToken).ConfigureAwait(false)).TryGet(out var signatures, out var broken)
                ? Judge(signatures, sha256)
                : new PackageTrust(TrustLevel.Refused, sha256) { Failures = [broken] };
        }
    }

    private PackageTrust Judge(PackageSignatures signatures, string sha256)
    {
        var (vendor, marketplace) = (Signer(signatures.Vendor, SignatureRole.Vendor), Signer(signatures.Marketplace, SignatureRole.Marketplace));
        var author = Author(signatures.NuGet);
        var marketplaceCounts = marketplace is not null && Counts(marketplace, marketplace.SignedAt);

        // A vendor's own clock proves nothing about a revoked key; only a known marketplace can say that the signature is older.
        var countersigned = marketplaceCounts && marketplace!.Name is not null ? marketplace.SignedAt : (DateTimeOffset?)null;
        var failures = new List<Failure>();
        if (vendor is not null && !Counts(vendor, countersigned))
        {
            failures.Add(Revoked(vendor));
        }

        if (marketplace is not null && !marketplaceCounts)
        {
            failures.Add(Revoked(marketplace));
        }

        var level = failures.Count > 0 ? TrustLevel.Refused
            : marketplace?.Name is not null ? TrustLevel.CounterSigned
            : vendor?.Name is not null || author?.Name is not null ? TrustLevel.KnownVendor
            : vendor is not null || marketplace is not null || author is not null ? TrustLevel.UnknownSigner
            : TrustLevel.Unsigned;
        return new PackageTrust(level, sha256) { Vendor = vendor, Marketplace = marketplace, Author = author, Failures = failures };
    }

    private PackageSigner? Signer(SignedContent? content, SignatureRole role)
    {
        if (content is null)
        {
            return null;
        }

        var revocation = store.RevocationOf(content.KeyId);
        var inForce = revocation is not null && (revocation.Reason == RevocationReason.Compromised || revocation.EffectiveAt <= time.GetUtcNow());
        return new PackageSigner(content.KeyId, store.NameOf(content.KeyId, role), content.SignedAt, content.Sha512, inForce ? revocation : null);
    }

    private static bool Counts(PackageSigner signer, DateTimeOffset? provedAt) =>
        signer.Revocation is not { } revocation || (revocation.Reason != RevocationReason.Compromised && provedAt < revocation.EffectiveAt);

    private static Failure Revoked(PackageSigner signer) => TrustFailures.KeyRevoked(signer.KeyId, signer.Revocation!.Reason switch
    {
        RevocationReason.Compromised => new("已泄露", "compromised"),
        RevocationReason.Superseded => new("已更换", "superseded"),
        _ => new("已停用", "ceased"),
    });

    private NuGetAuthor? Author(NuGetSignature? signature)
    {
        if (signature is not { IsAuthor: true })
        {
            return null;
        }

        var now = time.GetUtcNow();
        var isValid = signature.NotBefore <= now && now <= signature.NotAfter;
        return new NuGetAuthor(signature.Subject, signature.Fingerprint, isValid ? store.AuthorOf(signature.Fingerprint) : null);
    }
}
