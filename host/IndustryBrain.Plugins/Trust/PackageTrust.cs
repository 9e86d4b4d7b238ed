using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Trust;

/// <summary>Whether a package is what its signers made, and who they are.</summary>
/// <param name="Level">All of it in one word.</param>
/// <param name="Sha256">Digest of the package, 64 lower-case hexadecimal digits: what scenarios pin.</param>
public sealed record PackageTrust(TrustLevel Level, string Sha256)
{
    /// <summary>Its vendor's signature, or null.</summary>
    public PackageSigner? Vendor { get; init; }

    /// <summary>The marketplace's counter-signature, or null.</summary>
    public PackageSigner? Marketplace { get; init; }

    /// <summary>Its NuGet author signature, or null.</summary>
    public NuGetAuthor? Author { get; init; }

    /// <summary>Why it is refused; empty unless <see cref="Level"/> is <see cref="TrustLevel.Refused"/>.</summary>
    public IReadOnlyList<Failure> Failures { get; init; } = [];

    /// <summary>Why the package is not trusted as far as <paramref name="required"/>, or null when it is.</summary>
    public Failure? Lacks(TrustLevel required) =>
        Failures is [var first, ..] ? first
        : Level >= required ? null
        : Level == TrustLevel.UnknownSigner && Vendor is { } vendor ? TrustFailures.KeyUnknown(vendor.KeyId)
        : TrustFailures.SignatureMissing(required == TrustLevel.CounterSigned ? "marketplace" : "vendor");
}

/// <summary>How far a package can be traced to somebody known, in rising order.</summary>
public enum TrustLevel
{
    /// <summary>It was changed since it was signed, or signed with a key that is revoked: not to be installed.</summary>
    Refused,

    /// <summary>Nobody signed it.</summary>
    Unsigned,

    /// <summary>It is unchanged since it was signed, by somebody who is not known here.</summary>
    UnknownSigner,

    /// <summary>Signed by a vendor, or a NuGet author, who is known here.</summary>
    KnownVendor,

    /// <summary>Counter-signed by a marketplace that is known here.</summary>
    CounterSigned,
}

/// <summary>Who signed a package.</summary>
/// <param name="KeyId">Id of the key.</param>
/// <param name="Name">Name under which the key is trusted here, or null when it is not.</param>
/// <param name="SignedAt">When, by the signer's clock.</param>
/// <param name="ContentSha512">SHA-512, in Base64, of the package as it was before this signature was added: equal for equal content packed by <c>brain pack</c>.</param>
/// <param name="Revocation">Set when the key was revoked, even where the signature counts on.</param>
public sealed record PackageSigner(string KeyId, string? Name, DateTimeOffset SignedAt, string ContentSha512, Revocation? Revocation);

/// <summary>The author in a NuGet signature.</summary>
/// <param name="Subject">Subject of the certificate.</param>
/// <param name="Fingerprint">SHA-256 of the certificate in upper-case hexadecimal digits.</param>
/// <param name="Name">Name under which the certificate is trusted here; null when it is not, or is not valid today.</param>
public sealed record NuGetAuthor(string Subject, string Fingerprint, string? Name);
