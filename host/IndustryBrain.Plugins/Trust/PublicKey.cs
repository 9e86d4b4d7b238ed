using System.Security.Cryptography;

namespace IndustryBrain.Plugins.Trust;

/// <summary>A public ECDSA key on the curve P-256.</summary>
public sealed class PublicKey
{
    private readonly byte[] _spki;

    private PublicKey(byte[] spki)
    {
        _spki = spki;
        Id = Convert.ToHexStringLower(SHA256.HashData(spki).AsSpan(0, 16));
    }

    /// <summary>First 16 bytes of the SHA-256 of its SubjectPublicKeyInfo, as 32 lower-case hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Its SubjectPublicKeyInfo in PEM.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", _spki) + "\n";

    internal string Base64 => Convert.ToBase64String(_spki);

    /// <summary>Reads a key from PEM; null when it is none, or not on P-256.</summary>
    public static PublicKey? FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return Of(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>True when <paramref name="signature"/> (DER, over the SHA-256 of <paramref name="content"/>) was made with this key.</summary>
    public bool Verifies(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_spki, out _);
        return key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    internal static PublicKey? FromBase64(string base64)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(base64), out _);
            return Of(key);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    internal static PublicKey? Of(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value ? new PublicKey(key.ExportSubjectPublicKeyInfo()) : null;
}
