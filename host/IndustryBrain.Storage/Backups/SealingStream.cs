using System.Security.Cryptography;

namespace IndustryBrain.Storage.Backups;

/// <summary>Encrypts what is written into a backup file, chunk by chunk (<see cref="BackupHead"/>). <see cref="CompleteAsync"/> makes it whole; without it the file is one that was cut off.</summary>
internal sealed class SealingStream : Stream
{
    private readonly Stream _file;
    private readonly byte[] _head;
    private readonly AesGcm _cipher;
    private readonly byte[] _plain = new byte[BackupHead.ChunkBytes];
    private readonly byte[] _sealed = new byte[BackupHead.ChunkBytes + BackupHead.TagBytes];
    private int _filled;
    private uint _number;

    private SealingStream(Stream file, byte[] head, AesGcm cipher) => (_file, _head, _cipher) = (file, head, cipher);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    internal static async Task<SealingStream> StartAsync(Stream file, BackupSecret secret, CancellationToken ct)
    {
        var (head, cipher) = BackupHead.Make(secret);
        await file.WriteAsync(head, ct);
        return new(file, head, cipher);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            // A full chunk waits for the next byte: only then is it known not to be the last.
            if (_filled == _plain.Length)
            {
                await SealAsync(isLast: false, cancellationToken);
            }

            var count = Math.Min(buffer.Length, _plain.Length - _filled);
            buffer[..count].CopyTo(_plain.AsMemory(_filled));
            _filled += count;
            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    internal async Task CompleteAsync(CancellationToken ct)
    {
        await SealAsync(isLast: true, ct);
        await _file.WriteAsync(BackupHead.Magic.ToArray(), ct);
        await _file.FlushAsync(ct);
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            CryptographicOperations.ZeroMemory(_plain);
        }

        base.Dispose(disposing);
    }

    private async Task SealAsync(bool isLast, CancellationToken ct)
    {
        _cipher.Encrypt(BackupHead.Nonce(_head, _number, isLast), _plain.AsSpan(0, _filled), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, BackupHead.TagBytes), _head);
        await _file.WriteAsync(_sealed.AsMemory(0, _filled + BackupHead.TagBytes), ct);
        // 2^32 chunks of 64 KB are 256 TB.
        _number = checked(_number + 1);
        _filled = 0;
    }
}
