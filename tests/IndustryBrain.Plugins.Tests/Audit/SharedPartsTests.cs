using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace IndustryBrain.Plugins.Tests.Audit;

/// <summary>One name, signature or body that very many rows refer to: who reads it for each of them needs hours, or all memory of the host. It is a finding instead.</summary>
public sealed class SharedPartsTests
{
    private const string Unreadable = "IBP0206";

    [Theory(Timeout = 60_000)]
    [InlineData("name of a type", 900_000, 40_000)]
    [InlineData("name of a type", 1_000, 200_000)]
    [InlineData("signature", 1_000_000, 40_000)]
    [InlineData("body", 1_000_000, 40_000)]
    public async Task Audit_OfASmallImage_EndsInTime(string part, int size, int rows)
    {
        var image = Make(part, size, rows);

        var report = await Task.Run(() => Audited.AuditAsync(Audited.Package(Snippet.Compile(""), (Audited.Prefix + "Acme.Made.dll", image))), TestContext.Current.CancellationToken);

        Audited.Has(report, Unreadable);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("name of a type", 1_000, 200_000)]
    public async Task Install_OfSuchAnEntry_EndsInTime(string part, int size, int rows)
    {
        using var folder = new TemporaryFolder();
        await using var package = Audited.Package(Make(part, size, rows));

        _ = await Task.Run(() => new PluginInstaller(new PluginOptions { Folder = folder.Path }).InstallAsync(package, TestContext.Current.CancellationToken));
    }

    private static byte[] Make(string part, int size, int rows)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Acme.Made.dll"), metadata.GetOrAddGuid(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Acme.Made"), new Version(1, 0, 0, 0), default, default, 0, AssemblyHashAlgorithm.None);
        var runtime = metadata.AddAssemblyReference(metadata.GetOrAddString("System.Runtime"), new Version(10, 0, 0, 0), default, default, 0, default);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddTypeDefinition(TypeAttributes.Public, metadata.GetOrAddString("Acme"), metadata.GetOrAddString("Made"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var bodies = new BlobBuilder();
        var name = metadata.GetOrAddString("Run");
        if (part == "name of a type")
        {
            var shared = metadata.GetOrAddString(new string('n', size));
            for (var row = 0; row < rows; row++)
            {
                metadata.AddTypeReference(runtime, default, shared);
            }
        }
        else
        {
            // A method without parameters, or with as many of type object as there is room for.
            byte[] signature = part == "signature" ? [0x00, (byte)(0xC0 | (size >> 24)), (byte)(size >> 16), (byte)(size >> 8), (byte)size, 0x01, .. Enumerable.Repeat<byte>(0x1C, size)] : [0x00, 0x00, 0x01];
            var shared = metadata.GetOrAddBlob(signature);
            var encoder = new MethodBodyStreamEncoder(bodies);
            var body = encoder.AddMethodBody(part == "body" ? size : 1);
            new BlobWriter(body.Instructions).WriteBytes((byte[])[.. Enumerable.Repeat<byte>(0x00, (part == "body" ? size : 1) - 1), 0x2A]);
            for (var row = 0; row < rows; row++)
            {
                metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, name, shared, body.Offset, default);
            }
        }

        var image = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll), new MetadataRootBuilder(metadata), bodies, flags: CorFlags.ILOnly).Serialize(image);
        return image.ToArray();
    }
}
