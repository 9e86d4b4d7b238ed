using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IndustryBrain.Storage.Backups;

/// <summary>
/// The head of a backup file, in the clear: <c>IBBACKUP</c>, format (1 byte), iterations (4 bytes, big-endian), salt (16), beginning of the nonces (7), and a proof of all that under the key of the head (HMAC-SHA-256, 16 bytes).
/// Then come chunks of 64 KB, each AES-256-GCM under the nonce beginning ‖ number (4 bytes) ‖ is it the last (1 byte), so that none can be altered, left out, moved or cut off; and at the very end <c>IBBACKUP</c> again.
/// </summary>
internal static class BackupHead
{
    internal const int Format = 1;
    internal const int Size = 52;
    internal const int ChunkBytes = 64 * 1024;
    internal const int TagBytes = 16;
    internal const int Iterations = 600_000;
    private const int MostIterations = 10_000_000;
    private const int ProofAt = 36;
    private const int NonceBytes = 12;
    private const int BeginningBytes = 7;

    internal static ReadOnlySpan<byte> Magic => "IBBACKUP"u8;

    /// <summary>Makes a head with the cipher that belongs to it.</summary>
    internal static (byte[] Head, AesGcm Cipher) Make(BackupSecret secret)
    {
        var head = new byte[Size];
        Magic.CopyTo(head);
        head[Magic.Length] = Format;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(9), Iterations);
        RandomNumberGenerator.Fill(head.AsSpan(13, 23));
        var (content, proof) = secret.Derive(head.AsSpan(13, 16), Iterations);
        HMACSHA256.HashData(proof, head.AsSpan(0, ProofAt)).AsSpan(0, Size - ProofAt).CopyTo(head.AsSpan(ProofAt));
        return (head, new AesGcm(content, TagBytes));
    }

    /// <summary>The cipher of a head that was read.</summary>
    /// <exception cref="BackupFileException">IB6010, IB6011 or IB6012.</exception>
    internal static AesGcm Open(ReadOnlySpan<byte> head, BackupSecret secret, string file)
    {
        if (head.Length < Size || !head.StartsWith(Magic))
        {
            throw new BackupFileException(BackupFailures.NotABackup(file));
        }

        if (head[Magic.Length] != Format)
        {
            throw new BackupFileException(BackupFailures.NewerFormat(file, head[Magic.Length], Format));
        }

        var iterations = BinaryPrimitives.ReadInt32BigEndian(head[9..]);
        if (iterations is < 1 or > MostIterations)
        {
            throw new BackupFileException(BackupFailures.WrongSecret(file));
        }

        var (content, proof) = secret.Derive(head.Slice(13, 16), iterations);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(proof, head[..ProofAt]).AsSpan(0, Size - ProofAt), head[ProofAt..Size])
            ? new AesGcm(content, TagBytes)
            : throw new BackupFileException(BackupFailures.WrongSecret(file));
    }

    internal static byte[] Nonce(ReadOnlySpan<byte> head, uint number, bool isLast)
    {
        var nonce = new byte[NonceBytes];
        head.Slice(ProofAt - BeginningBytes, BeginningBytes).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce.AsSpan(BeginningBytes), number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
