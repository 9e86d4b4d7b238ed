using System.Security.Cryptography;
using IndustryBrain.Sdk;
using NuGet.Packaging;
using NuGet.Packaging.Signing;

namespace IndustryBrain.Plugins.Trust;

/// <summary>The signature that <c>dotnet nuget sign</c> puts into a package. The certificate itself is what an administrator trusts: no chain is built and no network is asked, and a timestamp does not outlive it.</summary>
internal sealed record NuGetSignature(bool IsAuthor, string Subject, string Fingerprint, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Reads and checks it; IB1179 when the package was changed since or the signature is none.</summary>
    public static async Task<Result<NuGetSignature>> ReadAsync(Stream package, CancellationToken ct)
    {
        package.Position = 0;
        try
        {
            using var reader = new PackageArchiveReader(package, leaveStreamOpen: true);
            var signature = await reader.GetPrimarySignatureAsync(ct).ConfigureAwait(false);
            if (signature?.SignerInfo.Certificate is not { } certificate)
            {
                return TrustFailures.NuGetSignatureWrong("NU3005");
            }

            await reader.ValidateIntegrityAsync(signature.SignatureContent, ct).ConfigureAwait(false);
            signature.SignedCms.CheckSignature(verifySignatureOnly: true);
            return new NuGetSignature(
                signature.Type == SignatureType.Author,
                certificate.Subject,
                certificate.GetCertHashString(HashAlgorithmName.SHA256),
                certificate.NotBefore.ToUniversalTime(),
                certificate.NotAfter.ToUniversalTime());
        }
        catch (SignatureException e)
        {
            return TrustFailures.NuGetSignatureWrong(e.Code.ToString());
        }
#pragma warning disable CA1031 // NuGet's reader throws whatever its parsers throw on hostile bytes; all of it means: no valid signature.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return TrustFailures.NuGetSignatureWrong(e.GetType().Name);
        }
        finally
        {
            package.Position = 0;
        }
    }
}
