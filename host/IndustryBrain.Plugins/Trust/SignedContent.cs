namespace IndustryBrain.Plugins.Trust;

/// <summary>What a signature says: the <c>signature/vendor.json</c> or <c>signature/marketplace.json</c> of a package. The file beside it, <c>.sig</c>, is the DER signature over exactly its bytes.</summary>
/// <param name="Id">Package id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Files">Every file that lies before it in the package, by path; no folders.</param>
/// <param name="Sha512">SHA-512 of the first <paramref name="Size"/> bytes of the package, in Base64.</param>
/// <param name="Size">How many bytes lie before the signature.</param>
/// <param name="SignedAt">When it was signed, by the signer's clock.</param>
/// <param name="KeyId">Id of the key.</param>
/// <param name="PublicKey">The key itself: SubjectPublicKeyInfo in Base64. It proves integrity to everybody, and identity to those who know the key.</param>
internal sealed record SignedContent(string Id, string Version, IReadOnlyList<SignedFile> Files, string Sha512, long Size, DateTimeOffset SignedAt, string KeyId, string PublicKey);

/// <summary>One file of a signed package.</summary>
/// <param name="Path">Path inside the package.</param>
/// <param name="Size">Its size, unpacked.</param>
/// <param name="Sha512">SHA-512 of its content, in Base64.</param>
internal sealed record SignedFile(string Path, long Size, string Sha512);
