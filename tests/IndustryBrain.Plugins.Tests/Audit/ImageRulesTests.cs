using System.Reflection.PortableExecutable;
using CsCheck;
using IndustryBrain.Plugins.Audit;

namespace IndustryBrain.Plugins.Tests.Audit;

public sealed class ImageRulesTests
{
    private static readonly byte[] Plain = Snippet.Compile("public static class Zzzz { public static int One => 1; }");

    [Fact]
    public async Task Audit_NativeLibrary_IsFound() =>
        Assert.Equal("IBP0201", Audited.Rules(await Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + "runtimes/linux-x64/native/libacme.so.1", [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0])))));

    [Fact]
    public async Task Audit_ReadyToRunImage_IsFound() =>
        Audited.Has(await Audited.AuditAsync(Audited.Package(await File.ReadAllBytesAsync(typeof(Enumerable).Assembly.Location, TestContext.Current.CancellationToken))), "IBP0202");

    [Fact]
    public async Task Audit_ImageThatIsNotIlOnly_IsFound()
    {
        var image = (byte[])Plain.Clone();
        using (var headers = new PEReader(new MemoryStream(image)))
        {
            image[headers.PEHeaders.CorHeaderStartOffset + 16] &= unchecked((byte)~(int)CorFlags.ILOnly);
        }

        Assert.Equal("IBP0203", Audited.Rules(await Audited.AuditAsync(Audited.Package(image))));
    }

    [Theory]
    [InlineData("data.bin", "IBP0106 IBP0204")]
    [InlineData("Acme.Other.dll", "IBP0106")]
    [InlineData("Acme.Other.DLL", "IBP0106")]
    public async Task Audit_RenamedAssembly_IsFoundAndRead(string name, string rules) =>
        Assert.Equal(rules, Audited.Rules(await Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + name, Snippet.Body("_ = File.ReadAllText(\"a\");"))))));

    [Theory]
    [InlineData("run.sh", "echo", "IBP0204")]
    [InlineData("run", "#!/bin/sh", "IBP0204")]
    [InlineData("readme.md", "# Zzz", "")]
    [InlineData("table.csv", "MZ,1", "")]
    public async Task Audit_Script_IsFound(string name, string content, string rules) =>
        Assert.Equal(rules, Audited.Rules(await Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + name, System.Text.Encoding.UTF8.GetBytes(content))))));

    [Fact]
    public async Task Audit_NameThatCannotBeWritten_IsFound() =>
        Assert.Equal("IBP0205", Audited.Rules(await Audited.AuditAsync(Audited.Package(Snippet.Rename((byte[])Plain.Clone(), "Zzzz", "\uE000z")))));

    [Theory]
    [InlineData("public class ConfusedByAttribute : Attribute { }", "IBP0205")]
    [InlineData("public class 混淆 { public class 数据 { public int 值 => 1; } }", "")]
    public async Task Audit_MarkOfObfuscator_IsFound(string code, string rules) => Assert.Equal(rules, Audited.Rules(await Audited.CodeAsync(code)));

    [Theory]
    [InlineData(1, "IBP0205")]
    [InlineData(8, "")]
    public async Task Audit_ShortNames_AreFound(int length, string rules)
    {
        var code = string.Concat(Enumerable.Range(0, 24).Select(i => $"public class {new string((char)('a' + i), length)} {{ }} "));

        Assert.Equal(rules, Audited.Rules(await Audited.CodeAsync(code)));
    }

    [Fact]
    public async Task Audit_FileThatIsNoAssembly_IsFound() =>
        Assert.Equal("IBP0206", Audited.Rules(await Audited.AuditAsync(Audited.Package(Plain, (Audited.Prefix + "Acme.Other.dll", [1, 2, 3])))));

    [Fact]
    public async Task Audit_ProgramInResource_IsFound()
    {
        Assert.Equal("IBP0207", Audited.Rules(await Audited.AuditAsync(Audited.Package(Snippet.Compile("public class A { }", resource: Plain)))));
        Assert.Equal("", Audited.Rules(await Audited.AuditAsync(Audited.Package(Snippet.Compile("public class A { }", resource: [1, 2, 3])))));
    }

    [Fact]
    public void Audit_DamagedAssembly_IsAFindingAndNeverThrows()
    {
        var image = Snippet.Body("_ = File.ReadAllText(\"a\"); _ = new HttpClient(); Span<int> s = stackalloc int[4]; s[0] = 1;");
        Gen.Select(Gen.Int[0, image.Length - 1], Gen.Byte).List[1, 12].Sample(
            changes =>
            {
                var damaged = (byte[])image.Clone();
                foreach (var (at, value) in changes)
                {
                    damaged[at] = value;
                }

                var findings = new AuditFindings("a.dll", null);
                ImageAudit.Run(damaged, new HashSet<string>(), findings, new PluginUse());
                Assert.All(findings.All(), finding => Assert.NotEmpty(finding.Message.En));
            },
            iter: 3_000);
    }
}
