using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Tells what kind of program a file is, and has assemblies read.</summary>
internal static class ImageAudit
{
    private const int ReadyToRunSignature = 0x00525452;
    private static readonly string[] Libraries = [".dll", ".so", ".dylib"];
    private static readonly string[] Scripts = [".exe", ".sh", ".ps1", ".bat", ".cmd", ".vbs", ".com", ".scr", ".msi"];

    /// <summary>Audits one file of a package.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="shipped">Names of the assemblies of the package.</param>
    /// <param name="findings">What is found is added here.</param>
    /// <param name="use">What is used is added here.</param>
    /// <param name="symbols">The file of symbols beside it, or null.</param>
    public static void Run(byte[] content, IReadOnlySet<string> shipped, AuditFindings findings, PluginUse use, byte[]? symbols = null)
    {
        var name = findings.File[(findings.File.LastIndexOf('/') + 1)..];
        if (IsProgram(content))
        {
            if (!Array.Exists(Libraries, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) && !name.Contains(".so.", StringComparison.OrdinalIgnoreCase))
            {
                findings.Add(AuditRules.DisguisedProgram, LocalizedText.Same(name));
            }

            Read(content, shipped, findings, use, symbols);
        }
        else if (content.AsSpan().StartsWith("#!"u8) || Array.Exists(Scripts, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Add(AuditRules.DisguisedProgram, LocalizedText.Same(name));
        }
        else if (name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            findings.Add(AuditRules.UnreadableImage, LocalizedText.Same(name));
        }
    }

    /// <summary>True when a file begins as a program of Windows, Linux or macOS does.</summary>
    public static bool IsProgram(ReadOnlySpan<byte> content) =>
        (content.Length > 0x40 && content.StartsWith("MZ"u8))
        || content.StartsWith("\u007fELF"u8)
        || (content.Length > 16 && BitConverter.ToUInt32(content) is 0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE or 0xBEBAFECA);

    private static void Read(byte[] content, IReadOnlySet<string> shipped, AuditFindings findings, PluginUse use, byte[]? beside)
    {
        if (!content.AsSpan().StartsWith("MZ"u8))
        {
            findings.Add(AuditRules.NativeImage, new("ELF 或 Mach-O", "ELF or Mach-O"));
            return;
        }

        try
        {
            using var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(content));
            if (image.PEHeaders.CorHeader is not { } header)
            {
                findings.Add(AuditRules.NativeImage, new("没有托管代码", "without managed code"));
                return;
            }

            ReadKind(image, header, findings);
            var budget = new ReadingBudget(content.Length);
            var metadata = image.GetMetadataReader(MetadataReaderOptions.None, budget);
            ReadResources(image, header, metadata, findings);
            ObfuscationSigns.Report(metadata, findings);
            using var symbols = findings.IsKnown ? null : SymbolFile.Open(image, content, beside, budget);
            new AssemblyAudit(image, metadata, budget, findings, use, symbols).Run(shipped);
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException or InvalidCastException)
        {
            // What a reader of metadata throws at what is no metadata.
            findings.Add(AuditRules.UnreadableImage, new("元数据无效", "its metadata is not valid"));
        }
    }

    private static void ReadKind(PEReader image, CorHeader header, AuditFindings findings)
    {
        if (header.ManagedNativeHeaderDirectory.Size != 0)
        {
            var native = image.GetSectionData(header.ManagedNativeHeaderDirectory.RelativeVirtualAddress);
            var isReadyToRun = native.Length >= sizeof(int) && native.GetReader(0, sizeof(int)).ReadInt32() == ReadyToRunSignature;
            findings.Add(AuditRules.ReadyToRun, isReadyToRun ? new("预编译", "precompiled") : new("未知的本机部分", "an unknown native part"));
        }
        else if ((header.Flags & CorFlags.ILOnly) == 0 || (header.Flags & CorFlags.NativeEntryPoint) != 0 || header.VtableFixupsDirectory.Size != 0)
        {
            findings.Add(AuditRules.MixedImage, new("不是纯 IL", "not IL only"));
        }
    }

    private static void ReadResources(PEReader image, CorHeader header, MetadataReader metadata, AuditFindings findings)
    {
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (!resource.Implementation.IsNil)
            {
                continue;
            }

            var name = metadata.GetString(resource.Name);
            var section = image.GetSectionData(header.ResourcesDirectory.RelativeVirtualAddress);
            if (resource.Offset > section.Length - sizeof(int))
            {
                throw new BadImageFormatException();
            }

            var rest = section.GetReader((int)resource.Offset, section.Length - (int)resource.Offset);
            var length = Math.Min(rest.ReadUInt32(), (uint)rest.RemainingBytes);
            if (IsProgram(rest.ReadBytes((int)Math.Min(length, 128))) || (name.StartsWith("costura.", StringComparison.OrdinalIgnoreCase) && name.Contains(".dll", StringComparison.OrdinalIgnoreCase)))
            {
                findings.Add(AuditRules.EmbeddedProgram, LocalizedText.Same(name));
            }
        }
    }
}
