using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Trust;

/// <summary>A private ECDSA key on the curve P-256, kept as PKCS#8 in PEM in a file that its owner alone may read.</summary>
public sealed class SigningKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);
    private readonly ECDsa _key;

    private SigningKey(ECDsa key, PublicKey publicKey) => (_key, Public) = (key, publicKey);

    /// <summary>The public half.</summary>
    public PublicKey Public { get; }

    /// <summary>Makes a new key.</summary>
    public static SigningKey Create()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(key, PublicKey.Of(key)!);
    }

    /// <summary>Reads a key file; IB1181 when it holds no such key or the password is wrong, IB1183 when others may read it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Password of an encrypted key, else null.</param>
    public static Result<SigningKey> Read(string path, string? password)
    {
        ArgumentNullException.ThrowIfNull(path);
        var key = ECDsa.Create();
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            {
                return TrustFailures.KeyOpenToOthers(path);
            }

            var pem = File.ReadAllText(path);
            if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
            {
                key.ImportFromEncryptedPem(pem, password);
            }
            else
            {
                key.ImportFromPem(pem);
            }

            key.ExportParameters(includePrivateParameters: true);
            if (PublicKey.Of(key) is { } publicKey)
            {
                var read = new SigningKey(key, publicKey);
                key = null;
                return read;
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // Said below.
        }
        finally
        {
            key?.Dispose();
        }

        return TrustFailures.KeyNotReadable(path);
    }

    /// <summary>Writes the key to a new file; IB1182 when there is one, IB1189 when it cannot be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Encrypts it; null leaves it plain.</param>
    /// <returns>The failure, or null.</returns>
    public Failure? Write(string path, string? password)
    {
        ArgumentNullException.ThrowIfNull(path);
        var pem = password is null ? _key.ExportPkcs8PrivateKeyPem() : _key.ExportEncryptedPkcs8PrivateKeyPem(password, Encryption);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(pem + "\n"));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return File.Exists(path) ? TrustFailures.KeyExists(path) : TrustFailures.TrustFolderNotReadable(path);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    internal byte[] Sign(ReadOnlySpan<byte> content) => _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
