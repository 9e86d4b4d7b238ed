using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Storage.Backups;

/// <summary>The passphrase of a backup: typed, or the content of a file. Keys are made of it by PBKDF2 with HMAC-SHA-512, under a salt of each backup's own.</summary>
public sealed class BackupSecret
{
    internal const int KeyBytes = 32;
    private const int LeastCharacters = 16;
    private const int MostBytes = 4096;
    private readonly byte[] _secret;

    private BackupSecret(byte[] secret) => _secret = secret;

    /// <summary>A passphrase of at least 16 characters, or IB6003.</summary>
    public static Result<BackupSecret> FromText(string text, string where)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length >= LeastCharacters
            ? new BackupSecret(Encoding.UTF8.GetBytes(text))
            : BackupFailures.SecretUnusable(where, new($"至少要有 {LeastCharacters} 个字符", $"it has to have at least {LeastCharacters} characters"));
    }

    /// <summary>The content of a file, a line break at its end not counted; IB6003 when others may read it, or it is no passphrase.</summary>
    public static async Task<Result<BackupSecret>> FromFileAsync(string file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Length == 0)
        {
            return BackupFailures.SecretUnusable("Backup:KeyFile", new("没有给出密钥文件", "no key file is named"));
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
            {
                return BackupFailures.SecretUnusable(file, new($"「{file}」可被其他账号读写，请执行 chmod 600", $"other accounts may read or write “{file}”: chmod 600"));
            }

            return new FileInfo(file).Length > MostBytes
                ? BackupFailures.SecretUnusable(file, new($"「{file}」超过 {MostBytes} 字节", $"“{file}” has more than {MostBytes} bytes"))
                : FromText((await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\r', '\n'), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return BackupFailures.SecretUnusable(file, LocalizedText.Same(e.Message.TrimEnd('.')));
        }
    }

    /// <summary>The key that encrypts the content, and the one that proves the head.</summary>
    internal (byte[] Content, byte[] Head) Derive(ReadOnlySpan<byte> salt, int iterations)
    {
        var both = Rfc2898DeriveBytes.Pbkdf2(_secret, salt, iterations, HashAlgorithmName.SHA512, 2 * KeyBytes);
        return (both[..KeyBytes], both[KeyBytes..]);
    }
}
