using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Audit;

/// <summary>The portable symbols of an assembly, within it or beside it in the package: which line an instruction comes from. They are the vendor's word, as the package is, and nothing outside of the package is opened.</summary>
internal sealed class SymbolFile : IDisposable
{
    private const int MaxBytes = 64 << 20;
    private const int MaxPath = 400;
    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _reader;
    private readonly ReadingBudget _budget;

    private SymbolFile(MetadataReaderProvider provider, MetadataReader reader, ReadingBudget budget) => (_provider, _reader, _budget) = (provider, reader, budget);

    /// <summary>The symbols of an assembly; null when it has none that can be read.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="beside">The file of symbols beside it, or null.</param>
    /// <param name="budget">What reading them is taken from.</param>
    public static SymbolFile? Open(PEReader image, byte[] content, byte[]? beside, ReadingBudget budget)
    {
        MetadataReaderProvider? provider = null;
        try
        {
            var entries = image.ReadDebugDirectory();
            provider = entries.FirstOrDefault(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb) is { DataSize: > 0 } embedded && IsOfFairSize(content, embedded)
                ? image.ReadEmbeddedPortablePdbDebugDirectoryData(embedded)
                : beside is not null ? MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(beside)) : null;
            if (provider?.GetMetadataReader(MetadataReaderOptions.None, budget) is not { } reader || !Belongs(image, entries, reader))
            {
                provider?.Dispose();
                return null;
            }

            return new(provider, reader, budget);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            provider?.Dispose();
            return null;
        }
    }

    /// <summary>The line of an instruction; null when the symbols do not have it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="ilOffset">Where in its IL, in bytes.</param>
    public SourceLine? Find(MethodDefinitionHandle method, int ilOffset)
    {
        try
        {
            SequencePoint? last = null;
            var points = _reader.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints();
            foreach (var point in points)
            {
                _budget.Spend(1);
                if (point.Offset > ilOffset && last is not null)
                {
                    break;
                }

                last = point.IsHidden ? last : point;
            }

            return last is { } found && Name(found.Document) is { Length: > 0 and <= MaxPath } file && !file.Any(char.IsControl)
                ? new(file, found.StartLine)
                : null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    // A name is made of any number of parts, each of which any number of names may use.
    private string? Name(DocumentHandle handle)
    {
        var name = _reader.GetDocument(handle).Name;
        var parts = _reader.GetBlobReader(name);
        var length = parts.Length;
        for (parts.ReadByte(); length <= MaxPath && parts.RemainingBytes > 0;)
        {
            length += parts.ReadBlobHandle() is { IsNil: false } part ? _reader.GetBlobReader(part).Length : 0;
        }

        return length <= 2 * MaxPath ? _reader.GetString(name) : null;
    }

    public void Dispose() => _provider.Dispose();

    // What a reader of metadata throws at what is no metadata.
    private static bool IsUnreadable(Exception e) => e is BadImageFormatException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException or InvalidCastException or IOException;

    // They are compressed: behind four letters stands the size that they will have.
    private static bool IsOfFairSize(byte[] content, DebugDirectoryEntry embedded) =>
        embedded.DataPointer >= 0 && embedded.DataPointer <= content.Length - 8 && BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(embedded.DataPointer + 4)) is >= 0 and <= MaxBytes;

    // An older build's would name other lines.
    private static bool Belongs(PEReader image, ImmutableArray<DebugDirectoryEntry> entries, MetadataReader symbols) =>
        symbols.DebugMetadataHeader is { } header
        && entries.Any(entry => entry is { Type: DebugDirectoryEntryType.CodeView, IsPortableCodeView: true } && image.ReadCodeViewDebugDirectoryData(entry).Guid == new BlobContentId(header.Id).Guid);
}
