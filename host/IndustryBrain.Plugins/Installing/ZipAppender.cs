using System.Buffers.Binary;
using System.Text;

namespace IndustryBrain.Plugins.Installing;

/// <summary>Adds entries to a zip file behind those that it has, whose bytes stay as they are.</summary>
internal static class ZipAppender
{
    private const ushort EarliestDate = 0x0021;

    /// <summary>Writes <paramref name="package"/> with <paramref name="entries"/> added, stored, to <paramref name="target"/>.</summary>
    public static async Task WriteAsync(Stream package, ZipStructure structure, IReadOnlyList<(string Name, byte[] Content)> entries, Stream target, CancellationToken ct)
    {
        package.Position = 0;
        await CopyAsync(package, target, structure.DirectoryOffset, ct).ConfigureAwait(false);
        var directory = new MemoryStream();
        directory.Write(structure.Directory);
        var offset = structure.DirectoryOffset;
        foreach (var (name, content) in entries)
        {
            var header = Header(name, content);
            directory.Write(DirectoryRecord(header, (uint)offset));
            await target.WriteAsync(header, ct).ConfigureAwait(false);
            await target.WriteAsync(content, ct).ConfigureAwait(false);
            offset += header.Length + content.Length;
        }

        await target.WriteAsync(directory.GetBuffer().AsMemory(0, (int)directory.Length), ct).ConfigureAwait(false);
        await target.WriteAsync(End(structure.Records.Count + entries.Count, (uint)directory.Length, (uint)offset), ct).ConfigureAwait(false);
    }

    private static async Task CopyAsync(Stream from, Stream to, long count, CancellationToken ct)
    {
        var buffer = new byte[81_920];
        while (count > 0)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(count, buffer.Length));
            await from.ReadExactlyAsync(part, ct).ConfigureAwait(false);
            await to.WriteAsync(part, ct).ConfigureAwait(false);
            count -= part.Length;
        }
    }

    private static byte[] Header(string name, byte[] content)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var header = new byte[ZipStructure.HeaderSize + bytes.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, ZipStructure.HeaderSignature);
        Common(header.AsSpan(4), bytes.Length, content);
        bytes.CopyTo(header, ZipStructure.HeaderSize);
        return header;
    }

    private static void Common(Span<byte> at, int nameLength, byte[] content)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(at, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], ZipStructure.Utf8Names);
        BinaryPrimitives.WriteUInt16LittleEndian(at[8..], EarliestDate);
        BinaryPrimitives.WriteUInt32LittleEndian(at[10..], Crc32.Append(0, content));
        BinaryPrimitives.WriteUInt32LittleEndian(at[14..], (uint)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(at[18..], (uint)content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)nameLength);
    }

    // The header's fields again, between its own version and attributes, offset and name.
    private static byte[] DirectoryRecord(byte[] header, uint offset)
    {
        var record = new byte[ZipStructure.DirectoryRecordSize + header.Length - ZipStructure.HeaderSize];
        BinaryPrimitives.WriteUInt32LittleEndian(record, ZipStructure.DirectorySignature);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(4), 20);
        header.AsSpan(4, ZipStructure.HeaderSize - 4).CopyTo(record.AsSpan(6));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(42), offset);
        header.AsSpan(ZipStructure.HeaderSize).CopyTo(record.AsSpan(ZipStructure.DirectoryRecordSize));
        return record;
    }

    private static byte[] End(int entries, uint directoryLength, uint directoryOffset)
    {
        var end = new byte[ZipStructure.EndSize];
        BinaryPrimitives.WriteUInt32LittleEndian(end, ZipStructure.EndSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), directoryLength);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), directoryOffset);
        return end;
    }
}
