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

    private SymbolFile(MetadataReaderProvider provider) => (_provider, _reader) = (provider, provider.GetMetadataReader());

    /// <summary>The symbols of an assembly; null when it has none that can be read.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="beside">The file of symbols beside it, or null.</param>
    public static SymbolFile? Open(PEReader image, byte[] content, byte[]? beside)
    {
        MetadataReaderProvider? provider = null;
        try
        {
            var entries = image.ReadDebugDirectory();
            provider = entries.FirstOrDefault(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb) is { DataSize: > 0 } embedded && IsOfFairSize(content, embedded)
                ? image.ReadEmbeddedPortablePdbDebugDirectoryData(embedded)
                : beside is not null ? MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(beside)) : null;
            if (provider is null || !Belongs(image, entries, provider.GetMetadataReader()))
            {
                provider?.Dispose();
                return null;
            }

            return new(provider);
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
                if (point.Offset > ilOffset && last is not null)
                {
                    break;
                }

                last = point.IsHidden ? last : point;
            }

            return last is { } found && _reader.GetString(_reader.GetDocument(found.Document).Name) is { Length: > 0 and <= MaxPath } file && !file.Any(char.IsControl)
                ? new(file, found.StartLine)
                : null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
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
