using System.Security.Cryptography;

namespace IndustryBrain.Storage.Backups;

/// <summary>Decrypts a backup file. Nothing of a chunk is given before the whole chunk is proven.</summary>
internal sealed class UnsealingStream : Stream
{
    private readonly FileStream _file;
    private readonly string _name;
    private readonly byte[] _head;
    private readonly AesGcm _cipher;
    private readonly long _end;
    private readonly byte[] _sealed = new byte[BackupHead.ChunkBytes + BackupHead.TagBytes];
    private readonly byte[] _plain = new byte[BackupHead.ChunkBytes];
    private int _filled;
    private int _taken;
    private uint _number;
    private bool _isLast;

    private UnsealingStream(FileStream file, string name, byte[] head, AesGcm cipher, long end) => (_file, _name, _head, _cipher, _end) = (file, name, head, cipher, end);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="BackupFileException">IB6010 to IB6013.</exception>
    internal static async Task<UnsealingStream> OpenAsync(FileStream file, BackupSecret secret, CancellationToken ct)
    {
        var name = Path.GetFileName(file.Name);
        var head = new byte[BackupHead.Size];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var cipher = BackupHead.Open(head.AsSpan(0, read), secret, name);
        var end = file.Length - BackupHead.Magic.Length;
        if (end < BackupHead.Size + BackupHead.TagBytes || !await EndsAsync(file, end, ct))
        {
            cipher.Dispose();
            throw new BackupFileException(BackupFailures.CutOff(name, file.Length));
        }

        file.Position = BackupHead.Size;
        return new(file, name, head, cipher, end);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_taken == _filled)
        {
            if (_isLast)
            {
                return 0;
            }

            await UnsealAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _filled - _taken);
        _plain.AsMemory(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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

    private static async Task<bool> EndsAsync(FileStream file, long at, CancellationToken ct)
    {
        file.Position = at;
        var end = new byte[BackupHead.Magic.Length];
        await file.ReadExactlyAsync(end, ct);
        return BackupHead.Magic.SequenceEqual(end);
    }

    private async Task UnsealAsync(CancellationToken ct)
    {
        var at = _file.Position;
        var count = (int)Math.Min(_sealed.Length, _end - at);
        if (count < BackupHead.TagBytes)
        {
            throw new BackupFileException(BackupFailures.Altered(_name, _number, at));
        }

        await _file.ReadExactlyAsync(_sealed.AsMemory(0, count), ct);
        _isLast = _file.Position == _end;
        (_filled, _taken) = (count - BackupHead.TagBytes, 0);
        try
        {
            _cipher.Decrypt(BackupHead.Nonce(_head, _number, _isLast), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, BackupHead.TagBytes), _plain.AsSpan(0, _filled), _head);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new BackupFileException(BackupFailures.Altered(_name, _number, at));
        }

        _number = checked(_number + 1);
    }
}
