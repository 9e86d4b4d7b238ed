using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using IndustryBrain.Plugins.Audit;

namespace IndustryBrain.Plugins.Tests.Audit;

/// <summary>What no C# compiler writes: instructions and references made by hand.</summary>
public sealed class HandmadeIlTests
{
    [Theory]
    [InlineData("IBP0103", 0xFE, 0x17)]
    [InlineData("IBP0103", 0xFE, 0x18)]
    [InlineData("IBP0206", 0x24)]
    [InlineData("IBP0206", 0xFE, 0x77)]
    [InlineData("IBP0206", 0x20, 0x01)]
    [InlineData("IBP0206", 0x45, 0xFF, 0xFF, 0xFF, 0x7F)]
    [InlineData("IBP0206", 0x29, 0x01, 0x00, 0x00, 0x06)]
    [InlineData("", 0x00, 0x2A)]
    public async Task Audit_Instructions_AreRead(string rules, params int[] code) =>
        Assert.Equal(rules, Audited.Rules(await Audited.AuditAsync(Package(Make(Reference.None, [.. code.Select(b => (byte)b)])))));

    [Theory]
    [InlineData(Reference.Plain)]
    [InlineData(Reference.Signature)]
    [InlineData(Reference.Derived)]
    public async Task Audit_MemberBehindAnyReference_IsFound(Reference reference)
    {
        var report = await Audited.AuditAsync(Package(Make(reference, [0x28, 0x01, 0x00, 0x00, 0x0A, 0x2A])));

        var finding = Assert.Single(report.Findings);
        Assert.Equal(("IBP0106", "Acme.Made.Run", 0), (finding.Rule.Id, finding.Member, finding.IlOffset));
    }

    [Fact]
    public async Task Audit_DeeplyNestedSignature_IsAFinding()
    {
        var image = Make(Reference.None, [0x2A], locals: 100_000);

        Audited.Has(await Audited.AuditAsync(Package(image)), "IBP0206");
    }

    /// <summary>How the called member's type is written.</summary>
    public enum Reference
    {
        None,
        Plain,
        Signature,
        Derived,
    }

    private static MemoryStream Package(byte[] made) => Audited.Package(Snippet.Compile(""), (Audited.Prefix + "Acme.Made.dll", made));

    private static byte[] Make(Reference reference, byte[] code, int locals = 0)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Acme.Probe.dll"), metadata.GetOrAddGuid(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Acme.Probe"), new Version(1, 0, 0, 0), default, default, 0, AssemblyHashAlgorithm.None);
        var runtime = metadata.AddAssemblyReference(metadata.GetOrAddString("System.Runtime"), new Version(10, 0, 0, 0), default, default, 0, default);
        var file = metadata.AddTypeReference(runtime, metadata.GetOrAddString("System.IO"), metadata.GetOrAddString("File"));
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var made = metadata.AddTypeDefinition(TypeAttributes.Public, metadata.GetOrAddString("Acme"), metadata.GetOrAddString("Made"), file, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var nothing = metadata.GetOrAddBlob(new byte[] { 0x00, 0x00, 0x01 });
        if (reference != Reference.None)
        {
            EntityHandle parent = reference switch
            {
                // CLASS, and the first type reference as TypeDefOrRef.
                Reference.Signature => metadata.AddTypeSpecification(metadata.GetOrAddBlob(new byte[] { 0x12, 0x05 })),
                Reference.Derived => made,
                _ => file,
            };
            metadata.AddMemberReference(parent, metadata.GetOrAddString("Delete"), nothing);
        }

        StandaloneSignatureHandle signature = default;
        if (locals > 0)
        {
            // One local: a generic of a generic of a generic.
            byte[] nested = [0x07, 0x01, .. Enumerable.Repeat<byte[]>([0x15, 0x12, 0x05, 0x01], locals).SelectMany(part => part), 0x08];
            signature = metadata.AddStandaloneSignature(metadata.GetOrAddBlob(nested));
        }

        var bodies = new BlobBuilder();
        var encoder = new MethodBodyStreamEncoder(bodies);
        var body = encoder.AddMethodBody(code.Length, localVariablesSignature: signature);
        new BlobWriter(body.Instructions).WriteBytes(code);
        metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, metadata.GetOrAddString("Run"), nothing, body.Offset, default);
        var image = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll), new MetadataRootBuilder(metadata), bodies, flags: CorFlags.ILOnly).Serialize(image);
        return image.ToArray();
    }
}
