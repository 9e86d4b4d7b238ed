using System.Security.Cryptography;
using System.Text;

namespace IndustryBrain.Storage.Auditing;

/// <summary>The key of this installation's audit trail, kept outside the database: whoever may write there alone can neither make a record nor sign a checkpoint. ECDSA P-256 signs; HMAC-SHA-256 under a key that is derived from it (HKDF, RFC 5869) proves records.</summary>
public sealed class AuditKey
{
    private const int IdLength = 16;
    private readonly ECParameters _signer;
    private readonly byte[] _prover;

    private AuditKey(ECDsa signer)
    {
        _signer = signer.ExportParameters(includePrivateParameters: true);
        PublicKey = signer.ExportSubjectPublicKeyInfoPem();
        Id = Convert.ToHexStringLower(SHA256.HashData(signer.ExportSubjectPublicKeyInfo()))[..IdLength];
        _prover = HKDF.DeriveKey(HashAlgorithmName.SHA256, _signer.D!, SHA256.HashSizeInBytes, info: "IndustryBrain audit record"u8.ToArray());
    }

    /// <summary>The first half of the SHA-256 of the public key, lower-case hexadecimal.</summary>
    public string Id { get; }

    /// <summary>The public key, PEM: with it anybody checks the checkpoints.</summary>
    public string PublicKey { get; }

    /// <summary>Reads the key of a file, or makes it: readable by the account of the host only.</summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The account may not.</exception>
    /// <exception cref="CryptographicException">The file holds no ECDSA key.</exception>
    public static AuditKey Open(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        if (!File.Exists(file))
        {
            Create(file);
        }

        using var signer = ECDsa.Create();
        try
        {
            signer.ImportFromPem(File.ReadAllText(file));
            return new(signer);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException(e.Message, e);
        }
    }

    /// <summary>Signs a checkpoint: ECDSA with SHA-256, r and s one after the other (IEEE P1363).</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        // One serves one thread at a time.
        using var signer = ECDsa.Create(_signer);
        return signer.SignData(data, HashAlgorithmName.SHA256);
    }

    /// <summary>True when this key has signed the data.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var signer = ECDsa.Create(_signer);
        return signer.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    internal string Prove(ReadOnlySpan<byte> data) => $"{Id}:{Convert.ToHexStringLower(HMACSHA256.HashData(_prover, data))}";

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var own = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(own, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            // Whole or not at all; another that was first is kept.
            File.Move(own, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(own);
        }
    }
}
