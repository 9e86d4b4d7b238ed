using System.Buffers.Binary;
using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Installing;

/// <summary>The structure of a zip file, read strictly: what every reader understands alike. Header and directory agree, entries follow each other
/// without gap or overlap from the first byte to the directory, and nothing is encrypted, split, or of the 64-bit form.</summary>
internal sealed class ZipStructure
{
    public const int EndSize = 22;
    public const uint EndSignature = 0x06054b50;
    public const uint DirectorySignature = 0x02014b50;
    public const uint HeaderSignature = 0x04034b50;
    public const int DirectoryRecordSize = 46;
    public const int HeaderSize = 30;
    public const ushort Utf8Names = 0x0800;
    private const int MeanDirectoryRecord = 512;
    private const ushort SizesFollow = 0x0008;
    private const ushort Encrypted = 0x0001 | 0x0040 | 0x2000;
    private const ushort Wide = 0x0001;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ZipStructure(IReadOnlyList<ZipRecord> records, long directoryOffset, byte[] directory) =>
        (Records, DirectoryOffset, Directory) = (records, directoryOffset, directory);

    /// <summary>Its entries in the order in which they lie in the file.</summary>
    public IReadOnlyList<ZipRecord> Records { get; }

    /// <summary>Where the entries end and the directory begins.</summary>
    public long DirectoryOffset { get; }

    /// <summary>The bytes of the directory, without its end record.</summary>
    public byte[] Directory { get; }

    /// <summary>Reads the structure of a package; the stream stands at its beginning afterwards.</summary>
    public static Result<ZipStructure> Read(Stream package, int maxEntries)
    {
        try
        {
            return ReadEnd(package, maxEntries);
        }
        catch (Exception e) when (e is DecoderFallbackException or EndOfStreamException)
        {
            return PluginFailures.NotAPackage();
        }
        finally
        {
            package.Position = 0;
        }
    }

    private static Result<ZipStructure> ReadEnd(Stream package, int maxEntries)
    {
        if (package.Length < EndSize)
        {
            return PluginFailures.NotAPackage();
        }

        Span<byte> end = stackalloc byte[EndSize];
        package.Position = package.Length - EndSize;
        package.ReadExactly(end);
        if (Word(end, 0) != EndSignature)
        {
            return HasEnd(package) ? TrustFailures.ZipAmbiguous("", "结尾之后还有数据", "something follows its end") : PluginFailures.NotAPackage();
        }

        var (entries, length, start) = (Half(end, 10), Word(end, 12), Word(end, 16));
        if (entries > maxEntries || length > (long)maxEntries * MeanDirectoryRecord)
        {
            return entries == ushort.MaxValue ? Ambiguous64("") : PluginFailures.TooManyEntries(maxEntries);
        }

        if (Word(end, 4) != 0 || Half(end, 8) != entries || start == uint.MaxValue)
        {
            return Ambiguous64("");
        }

        if ((long)start + length != package.Length - EndSize)
        {
            return TrustFailures.ZipAmbiguous("", "目录不在它声明的位置", "its directory is not where it says");
        }

        var directory = new byte[length];
        package.Position = start;
        package.ReadExactly(directory);
        return ReadDirectory(directory, entries).Then(records => CheckHeaders(package, records, start, directory));
    }

    private static Result<List<ZipRecord>> ReadDirectory(byte[] directory, int entries)
    {
        var records = new List<ZipRecord>(entries);
        var rest = directory.AsSpan();
        for (var i = 0; i < entries; i++)
        {
            if (rest.Length < DirectoryRecordSize || Word(rest, 0) != DirectorySignature)
            {
                return PluginFailures.NotAPackage();
            }

            var (name, extra, comment) = (Half(rest, 28), Half(rest, 30), Half(rest, 32));
            var length = DirectoryRecordSize + name + extra + comment;
            if (rest.Length < length)
            {
                return PluginFailures.NotAPackage();
            }

            var record = new ZipRecord(
                Strict.GetString(rest.Slice(DirectoryRecordSize, name)), Half(rest, 8), Half(rest, 10), Word(rest, 16), Word(rest, 20), Word(rest, 24), Word(rest, 42));
            if (Refuse(record, rest.Slice(DirectoryRecordSize + name, extra)) is { } refused)
            {
                return refused;
            }

            records.Add(record);
            rest = rest[length..];
        }

        records.Sort((one, other) => one.Offset.CompareTo(other.Offset));
        return rest.IsEmpty ? records : TrustFailures.ZipAmbiguous("", "目录中有未计入的内容", "its directory holds more than it counts");
    }

    private static Failure? Refuse(ZipRecord record, ReadOnlySpan<byte> extra) =>
        (record.Flags & Encrypted) != 0 ? TrustFailures.Encrypted(record.Name)
        : record.Method is not (0 or 8) ? TrustFailures.ZipAmbiguous(record.Name, "压缩方法不是 0 或 8", "its method is neither 0 nor 8")
        : record.Method == 0 && record.Size != record.PackedSize ? TrustFailures.ZipAmbiguous(record.Name, "未压缩但两个大小不同", "it is stored but has two sizes")
        : HasWideSizes(extra) || Math.Max(Math.Max(record.Size, record.PackedSize), record.Offset) == uint.MaxValue ? Ambiguous64(record.Name)
        : null;

    private static Result<ZipStructure> CheckHeaders(Stream package, List<ZipRecord> records, long directoryOffset, byte[] directory)
    {
        long expected = 0;
        var fixedPart = new byte[HeaderSize];
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (record.Offset != expected)
            {
                return TrustFailures.ZipAmbiguous(record.Name, "与前一文件之间有空隙或重叠", "there is a gap or an overlap before it");
            }

            package.Position = record.Offset;
            package.ReadExactly(fixedPart);
            var rest = new byte[Half(fixedPart, 26) + Half(fixedPart, 28)];
            package.ReadExactly(rest);
            var next = i + 1 < records.Count ? records[i + 1].Offset : directoryOffset;
            var dataEnd = package.Position + record.PackedSize;
            if (Word(fixedPart, 0) != HeaderSignature || !Agrees(record, fixedPart, rest) || !DescriptorAgrees(package, record, dataEnd, next))
            {
                return TrustFailures.ZipAmbiguous(record.Name, "文件头与目录不一致", "its header and the directory differ");
            }

            expected = next;
        }

        return expected == directoryOffset ? new ZipStructure(records, directoryOffset, directory) : TrustFailures.ZipAmbiguous("", "有目录之外的数据", "it holds data that its directory does not name");
    }

    private static bool Agrees(ZipRecord record, ReadOnlySpan<byte> header, ReadOnlySpan<byte> rest)
    {
        var name = Half(header, 26);
        var sizes = (Word(header, 14), Word(header, 18), Word(header, 22));
        return Half(header, 6) == record.Flags
            && Half(header, 8) == record.Method
            && Strict.GetString(rest[..name]) == record.Name
            && !HasWideSizes(rest[name..])
            && (sizes == (record.Crc, record.PackedSize, record.Size) || ((record.Flags & SizesFollow) != 0 && sizes == (0, 0, 0)));
    }

    // Behind the data when flag 3 is set: an optional signature, checksum and sizes.
    private static bool DescriptorAgrees(Stream package, ZipRecord record, long dataEnd, long next)
    {
        if ((record.Flags & SizesFollow) == 0)
        {
            return dataEnd == next;
        }

        if (next - dataEnd is not (12 or 16))
        {
            return false;
        }

        var descriptor = new byte[next - dataEnd];
        package.Position = dataEnd;
        package.ReadExactly(descriptor);
        var values = descriptor.AsSpan(descriptor.Length - 12);
        return (Word(values, 0), Word(values, 4), Word(values, 8)) == (record.Crc, record.PackedSize, record.Size);
    }

    private static bool HasWideSizes(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            if (Half(extra, 0) == Wide)
            {
                return true;
            }

            extra = extra[Math.Min(extra.Length, 4 + Half(extra, 2))..];
        }

        return false;
    }

    private static bool HasEnd(Stream package)
    {
        var tail = new byte[Math.Min(package.Length, EndSize + ushort.MaxValue)];
        package.Position = package.Length - tail.Length;
        package.ReadExactly(tail);
        return tail.AsSpan(0, tail.Length - EndSize + 4).IndexOf("PK\u0005\u0006"u8) >= 0;
    }

    private static Failure Ambiguous64(string entry) => TrustFailures.ZipAmbiguous(entry, "使用 64 位或分卷形式", "it uses the 64-bit form or parts");

    private static ushort Half(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
