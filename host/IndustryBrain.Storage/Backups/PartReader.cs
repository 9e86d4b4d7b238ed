using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IndustryBrain.Storage.Backups;

/// <summary>Reads the parts that <see cref="PartWriter"/> wrote, and sums up what it has read.</summary>
internal sealed class PartReader(Stream input, string file, IProgress<BackupProgress>? progress)
{
    private const int MostJsonBytes = 64 * 1024 * 1024;
    private readonly List<PartSum> _sums = [];
    private readonly byte[] _block = new byte[PartWriter.BlockBytes];
    private PartHead? _head;
    private long _bytes;

    internal IReadOnlyList<PartSum> Sums => _sums;

    /// <summary>The head of the next part; its content is read to its end before the next one.</summary>
    internal async Task<PartHead> NextAsync(CancellationToken ct)
    {
        var head = JsonSerializer.Deserialize((await ReadBlockAsync(ct)).Span, BackupJson.Default.PartHead);
        return _head = head ?? throw Disagrees("");
    }

    /// <summary>Gives the content of the part to somebody, block by block.</summary>
    internal async Task CopyAsync(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken ct)
    {
        var head = _head ?? throw new InvalidOperationException("No part is open.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        for (var block = await ReadBlockAsync(ct); !block.IsEmpty; block = await ReadBlockAsync(ct))
        {
            hash.AppendData(block.Span);
            await take(block, ct);
            bytes += block.Length;
            progress?.Report(new(head.Name, _bytes + bytes));
        }

        _bytes += bytes;
        _sums.Add(new(head.Kind, head.Name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
        _head = null;
    }

    internal async Task<T> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken ct)
    {
        var name = _head?.Name ?? "";
        using var json = new MemoryStream();
        await CopyAsync(
            (block, _) =>
            {
                if (json.Length + block.Length > MostJsonBytes)
                {
                    throw Disagrees(name);
                }

                json.Write(block.Span);
                return ValueTask.CompletedTask;
            },
            ct);
        return JsonSerializer.Deserialize(json.ToArray(), type) ?? throw Disagrees(name);
    }

    /// <summary>Nothing may come any more.</summary>
    internal async Task EndAsync(CancellationToken ct)
    {
        try
        {
            if (await input.ReadAsync(_block, ct) != 0)
            {
                throw Disagrees("end");
            }
        }
        catch (InvalidDataException)
        {
            throw Disagrees("end");
        }
    }

    internal BackupFileException Disagrees(string part) => new(BackupFailures.Disagrees(file, part));

    private async Task<ReadOnlyMemory<byte>> ReadBlockAsync(CancellationToken ct)
    {
        try
        {
            await input.ReadExactlyAsync(_block.AsMemory(0, sizeof(int)), ct);
            var length = BinaryPrimitives.ReadInt32BigEndian(_block);
            if (length is < 0 or > PartWriter.BlockBytes)
            {
                throw Disagrees(_head?.Name ?? "");
            }

            await input.ReadExactlyAsync(_block.AsMemory(0, length), ct);
            return _block.AsMemory(0, length);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw Disagrees(_head?.Name ?? "");
        }
    }
}
