using Npgsql;

namespace IndustryBrain.Storage.Files;

/// <summary>Reads a stored file; a chunk is fetched when it is reached.</summary>
internal sealed class ChunkStream(NpgsqlDataSource source, Guid file, long size, int chunkBytes) : Stream
{
    private byte[] _chunk = [];
    private int _number = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= size || buffer.Length == 0)
        {
            return 0;
        }

        var number = Number();
        if (number != _number)
        {
            await using var command = Command(number);
            Take(number, (byte[]?)await command.ExecuteScalarAsync(cancellationToken));
        }

        return Copy(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Readers of spreadsheets and archives read synchronously.
    public override int Read(Span<byte> buffer)
    {
        if (_position >= size || buffer.Length == 0)
        {
            return 0;
        }

        var number = Number();
        if (number != _number)
        {
            using var command = Command(number);
            Take(number, (byte[]?)command.ExecuteScalar());
        }

        return Copy(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _position + offset, _ => size + offset };
        ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(offset));
        return _position = position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Number() => (int)(_position / chunkBytes);

    private NpgsqlCommand Command(int number)
    {
        var command = source.CreateCommand("select content from stored_file_chunk where file_id = $1 and number = $2");
        command.Parameters.Add(new() { Value = file });
        command.Parameters.Add(new() { Value = number });
        return command;
    }

    private void Take(int number, byte[]? content)
    {
        _chunk = content ?? throw new EndOfStreamException("The file was removed while it was read.");
        _number = number;
    }

    private int Copy(Span<byte> buffer)
    {
        var from = (int)(_position - ((long)_number * chunkBytes));
        var count = Math.Min(buffer.Length, _chunk.Length - from);
        _chunk.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
