using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IndustryBrain.Storage.Backups;

/// <summary>Writes the parts of a backup one after the other: head (4 bytes length, JSON), blocks (4 bytes length, content), an empty block. What has been written is summed up.</summary>
internal sealed class PartWriter(Stream output, IProgress<BackupProgress>? progress)
{
    internal const int BlockBytes = 64 * 1024;
    private readonly List<PartSum> _sums = [];
    private readonly byte[] _block = new byte[BlockBytes];
    private long _bytes;

    internal IReadOnlyList<PartSum> Sums => _sums;

    internal async Task WriteAsync(PartHead head, Stream content, long? rows, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await WriteBlockAsync(JsonSerializer.SerializeToUtf8Bytes(head, BackupJson.Default.PartHead), ct);
        var bytes = 0L;
        while (await content.ReadAtLeastAsync(_block, _block.Length, throwOnEndOfStream: false, ct) is > 0 and var read)
        {
            hash.AppendData(_block, 0, read);
            await WriteBlockAsync(_block.AsMemory(0, read), ct);
            bytes += read;
            progress?.Report(new(head.Name, _bytes + bytes));
        }

        await WriteBlockAsync(ReadOnlyMemory<byte>.Empty, ct);
        _bytes += bytes;
        _sums.Add(new(head.Kind, head.Name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), rows));
    }

    internal async Task WriteAsync<T>(PartKind kind, T value, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, type));
        await WriteAsync(new PartHead(kind, kind.ToString().ToLowerInvariant()), json, null, ct);
    }

    private async Task WriteBlockAsync(ReadOnlyMemory<byte> block, CancellationToken ct)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, block.Length);
        await output.WriteAsync(length, ct);
        await output.WriteAsync(block, ct);
    }
}
