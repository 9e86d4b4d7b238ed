using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Installing;

/// <summary>Compares the components of the manifest with those in the entry assembly. Only its metadata is read: nothing of it is loaded or run.</summary>
internal static class EntryComponents
{
    private const string Attribute = "IndustryBrain.Sdk.Components.ComponentAttribute";
    private const ushort Prolog = 1;

    /// <summary>IB1104 for the first component that the manifest declares and the assembly lacks; null when there is none, or when the assembly cannot be read: that the call and the audit say.</summary>
    /// <param name="assembly">The entry assembly; null when the package lacks it.</param>
    /// <param name="manifest">The manifest.</param>
    public static Failure? Absent(byte[]? assembly, PluginManifest manifest) =>
        assembly is not null && Read(assembly) is { } found && manifest.Components.FirstOrDefault(component => !found.Contains(component.Id)) is { } absent
            ? PluginFailures.ComponentAbsent(absent.Id, manifest.Id)
            : null;

    /// <summary>As <see cref="Absent(byte[], PluginManifest)"/>, for a package.</summary>
    public static async Task<Failure?> AbsentAsync(ZipArchiveEntry? entry, PluginManifest manifest, CancellationToken ct)
    {
        if (entry is null)
        {
            return null;
        }

        var assembly = new byte[entry.Length];
        await using var content = await entry.OpenAsync(ct).ConfigureAwait(false);
        await content.ReadExactlyAsync(assembly, ct).ConfigureAwait(false);
        return Absent(assembly, manifest);
    }

    private static HashSet<string>? Read(byte[] assembly)
    {
        try
        {
            using var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(assembly));
            if (!image.HasMetadata)
            {
                return null;
            }

            var metadata = image.GetMetadataReader(MetadataReaderOptions.None, new ReadingBudget(assembly.Length));
            return [.. from handle in metadata.TypeDefinitions
                       from attribute in metadata.GetTypeDefinition(handle).GetCustomAttributes()
                       let id = IdOf(metadata, metadata.GetCustomAttribute(attribute))
                       where id is not null
                       select id];
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }

    private static string? IdOf(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference || MemberNames.OfReference(metadata, metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) != Attribute)
        {
            return null;
        }

        var value = metadata.GetBlobReader(attribute.Value);
        return value.ReadUInt16() == Prolog ? value.ReadSerializedString() : null;
    }
}
