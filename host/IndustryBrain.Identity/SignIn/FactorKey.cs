using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.SignIn;

/// <summary>Encrypts the secrets of second factors (AES-256-GCM), bound to whose they are, under a key that is not in the database: who reads it there cannot make codes, nor give one's secret to another.</summary>
internal sealed class FactorKey(IOptions<SignInOptions> options)
{
    private const string FileName = "factor.key";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly Lock _reading = new();
    private byte[]? _key;

    private string File => Path.GetFullPath(Path.Combine(options.Value.Folder, FileName));

    internal byte[] Encrypt(byte[] secret, string owner)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var (cipher, tag) = (new byte[secret.Length], new byte[TagBytes]);
        using var gcm = new AesGcm(Key(), TagBytes);
        gcm.Encrypt(nonce, secret, cipher, tag, Encoding.UTF8.GetBytes("second-factor/" + owner));
        return [.. nonce, .. tag, .. cipher];
    }

    /// <summary>The secret, or IB4026 when this host has another key.</summary>
    internal Result<byte[]> Decrypt(byte[] stored, string owner)
    {
        var secret = new byte[Math.Max(0, stored.Length - NonceBytes - TagBytes)];
        try
        {
            using var gcm = new AesGcm(Key(), TagBytes);
            gcm.Decrypt(stored.AsSpan(0, NonceBytes), stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), secret, Encoding.UTF8.GetBytes("second-factor/" + owner));
            return secret;
        }
        catch (CryptographicException)
        {
            return SignInFailures.FactorKeyMissing(File);
        }
    }

    private byte[] Key()
    {
        lock (_reading)
        {
            return _key ??= Read();
        }
    }

    private byte[] Read()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        if (!System.IO.File.Exists(File))
        {
            // Two hosts that share the folder may start at once: the first one's key is everybody's.
            var own = File + "." + Guid.NewGuid().ToString("N");
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(own, create)) file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            try
            {
                System.IO.File.Move(own, File, overwrite: false);
            }
            catch (IOException) when (System.IO.File.Exists(File))
            {
                System.IO.File.Delete(own);
            }
        }

        var key = System.IO.File.ReadAllBytes(File);
        return key.Length == KeyBytes ? key : throw new CryptographicException($"{File} is no key.");
    }
}
