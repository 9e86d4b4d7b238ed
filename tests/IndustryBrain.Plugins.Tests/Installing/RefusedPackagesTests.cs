using System.Runtime.InteropServices;
using System.Text;
using IndustryBrain.Plugins.Installing;
using Entry = IndustryBrain.Plugins.Tests.Installing.HandmadeZip.Entry;

namespace IndustryBrain.Plugins.Tests.Installing;

/// <summary>Packages written by hand, each with one trick: refused with its code, and nothing stays behind.</summary>
public sealed class RefusedPackagesTests : IDisposable
{
    private static readonly byte[] Text = "some text"u8.ToArray();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Tricks => new(Cases.Select(c => (c.Name, c.Code)));

    private static readonly (string Name, string Code, Func<HandmadeZip> Zip)[] Cases =
    [
        ("name of a device", "IB1009", () => With("plugin/net10.0/con.txt")),
        ("name of a port", "IB1009", () => With("plugin/net10.0/LPT9")),
        ("name of a port in a folder", "IB1009", () => With("plugin/aux/readme.txt")),
        ("port with a superscript", "IB1009", () => With("plugin/net10.0/com¹.dll")),
        ("stream of a file", "IB1009", () => With("plugin/net10.0/a.dll:hidden")),
        ("wildcard", "IB1009", () => With("plugin/net10.0/a?.dll")),
        ("zero-width letter", "IB1009", () => With("plugin/net10.0/Acme.\u200bProbe.dll")),
        ("change of direction", "IB1009", () => With("plugin/net10.0/\u202elld.exe")),
        ("name that is not composed", "IB1009", () => With("plugin/net10.0/e\u0301.dll")),
        ("name of 300 letters", "IB1009", () => With("plugin/" + new string('a', 300))),
        ("climbing path", "IB1009", () => With("plugin/net10.0/../../x")),
        ("same entry twice", "IB1010", () => HandmadeZip.Package(new("plugin/a", Text), new("plugin/a", Text))),
        ("names that differ by case", "IB1010", () => HandmadeZip.Package(new("plugin/a", Text), new("plugin/A", Text))),
        ("names that differ by width", "IB1010", () => HandmadeZip.Package(new("plugin/a", Text), new("plugin/\uff41", Text))),
        ("file that is a folder too", "IB1010", () => HandmadeZip.Package(new("plugin/a", Text), new("plugin/a/b", Text))),
        ("symbolic link", "IB1011", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Attributes = 0xA1FF0000 })),
        ("device file", "IB1011", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Attributes = 0x21B60000 })),
        ("junction of Windows", "IB1011", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Attributes = 0x400 })),
        ("header of another name", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { HeaderName = "plugin/b" })),
        ("header of another size", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { HeaderSize = 3 })),
        ("header of other flags", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { HeaderFlags = 0 })),
        ("stored, but of two sizes", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Size = 3, HeaderSize = 3 })),
        ("sizes behind the data that lie", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Flags = 0x0808, FollowingSize = 3 })),
        ("two entries on the same bytes", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Offset = 0 })),
        ("method of no reader's", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Method = 14 })),
        ("64-bit sizes", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Extra = [1, 0, 8, 0, 9, 0, 0, 0, 0, 0, 0, 0] })),
        ("64-bit offset", "IB1186", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Offset = uint.MaxValue })),
        ("64-bit count", "IB1186", () => HandmadeZip.Filled(new HandmadeZip { Count = ushort.MaxValue })),
        ("part of a set", "IB1186", () => HandmadeZip.Filled(new HandmadeZip { Disk = 1 })),
        ("fewer entries counted than there are", "IB1186", () => HandmadeZip.Filled(new HandmadeZip { Count = 2 }, new Entry("plugin/a", Text))),
        ("program before the first entry", "IB1186", () => HandmadeZip.Filled(new HandmadeZip { Before = Text })),
        ("data that the directory does not name", "IB1186", () => HandmadeZip.Filled(new HandmadeZip { Between = Text })),
        ("data behind the end", "IB1186", () => HandmadeZip.Filled(new HandmadeZip { After = Text })),
        ("encrypted entry", "IB1187", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Flags = 0x0801 })),
        ("strongly encrypted entry", "IB1187", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Flags = 0x0841 })),
        ("masked directory", "IB1187", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Flags = 0x2800 })),
        ("damaged content", "IB1171", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Crc = 1 })),
        ("no stream of deflate", "IB1171", () => HandmadeZip.Package(new Entry("plugin/a", Text) { Method = 8 })),
        ("another plugin for NuGet", "IB1175", () => HandmadeZip.Package(new Entry("x.nuspec", Encoding.ASCII.GetBytes("<package><metadata><id>Acme.Other</id><version>1.0.0</version></metadata></package>")))),
        ("another version for NuGet", "IB1175", () => HandmadeZip.Package(new Entry("x.nuspec", Encoding.ASCII.GetBytes("<package><metadata><id>Acme.Probe</id><version>1.0.1</version></metadata></package>")))),
        ("description that cannot be read", "IB1175", () => HandmadeZip.Package(new Entry("x.nuspec", Encoding.ASCII.GetBytes("<!DOCTYPE a [<!ENTITY b 'c'>]><package>&b;</package>")))),
        ("program for another processor", "IB1188", () => HandmadeZip.Package(new Entry("plugin/net10.0/native.dll", Pe(OtherMachine)))),
        ("precompiled for another processor", "IB1188", () => HandmadeZip.Package(new Entry("plugin/net10.0/native.dll", Pe((ushort)(OtherMachine ^ 0x7B79))))),
        ("library for another processor", "IB1188", () => HandmadeZip.Package(new Entry("plugin/net10.0/native.so", Elf))),
    ];

    private static ushort OtherMachine => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? (ushort)0x8664 : (ushort)0xAA64;

    private static byte[] Elf => [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, (byte)(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x3E : 0xB7), 0, 1, 0, 0, 0];

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task Install_Trick_IsRefusedAndLeavesNothing(string name, string code)
    {
        Assert.SkipWhen(name == "library for another processor" && !OperatingSystem.IsLinux(), "ELF is Linux's");
        await using var package = Cases.Single(c => c.Name == name).Zip().Write();

        var result = await Installer().InstallAsync(package, TestContext.Current.CancellationToken);

        Assert.Equal(code, result.Failure?.Code);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Install_WithoutATrick_IsInstalled()
    {
        await using var package = HandmadeZip.Package(
            new("plugin/net10.0/file.con", Text),
            new("plugin/net10.0/com10.txt", Text),
            new("plugin/net10.0/说明.txt", Text),
            new Entry("plugin/net10.0/follows.txt", Text) { Flags = 0x0808, FollowingSize = (uint)Text.Length },
            new Entry("plugin/net10.0/mode.txt", Text) { Attributes = 0x81A40000 },
            new("plugin/net10.0/runtimes/any/native/other.dll", Pe(OtherMachine)),
            new("plugin/net10.0/any.dll", Pe(0x014c)),
            new("Acme.Probe.nuspec", Encoding.ASCII.GetBytes("<package><metadata><id>Acme.Probe</id><version>1.0.0+abc</version></metadata></package>"))).Write();

        var result = await Installer().InstallAsync(package, TestContext.Current.CancellationToken);

        Assert.True(result.TryGet(out var plugin, out var failure), failure?.ToString());
        Assert.True(File.Exists(Path.Combine(plugin.Folder, "plugin", "net10.0", "follows.txt")));
    }

    [Fact]
    public async Task Install_Truncated_IsRefusedAtEveryLength()
    {
        var whole = HandmadeZip.Package(new Entry("plugin/net10.0/a", Text)).Write().ToArray();
        for (var length = 0; length < whole.Length; length += 11)
        {
            var result = await Installer().InstallAsync(new MemoryStream(whole, 0, length), TestContext.Current.CancellationToken);

            Assert.Equal("IB1004", result.Failure?.Code);
        }

        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("Acme.Probe", "acme.probe", true)]
    [InlineData("Acme.Probe", "Acme-Probe", true)]
    [InlineData("Acme.Oil", "Acme.0i1", true)]
    [InlineData("Acme.Modern", "Acme.Modem", true)]
    [InlineData("Acme.Forecasting", "Acme.Forecastng", true)]
    [InlineData("Acme.Forecasting", "Acme.Forcasting", true)]
    [InlineData("Acme.Forecasting", "Acme.Forecastings", true)]
    [InlineData("Acme.Forecasting", "Amce.Forecasting", true)]
    [InlineData("Acme.Probe1", "Acme.Probe2", false)]
    [InlineData("Acme.Forecasting", "Acme.Forecasting2", false)]
    [InlineData("Acme.Foo", "Acme.Fox", false)]
    [InlineData("Acme.Reader", "Acme.Writer", false)]
    public void Names_ThatReadAlike_AreConfusing(string one, string other, bool confusing) =>
        Assert.Equal((confusing, confusing), (ConfusingNames.AreConfusing(one, other), ConfusingNames.AreConfusing(other, one)));

    [Theory]
    [InlineData("Acme.Pr0be", "probing")]
    [InlineData("Other.Thing", "pr0be")]
    public async Task Install_NameLikeThatOfAnotherPlugin_IsRefusedUntilItIsAccepted(string id, string prefix)
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.Null((await Installer().InstallAsync(Packages.With(Packages.Manifest), ct)).Failure);
        var manifest = Packages.Manifest.Replace("\"Acme.Probe\"", $"\"{id}\"", StringComparison.Ordinal).Replace("\"probe", $"\"{prefix}", StringComparison.Ordinal);

        var refused = await Installer().InstallAsync(Packages.With(manifest), ct);
        var accepted = await Installer(id).InstallAsync(Packages.With(manifest), ct);

        Assert.Equal("IB1185", refused.Failure?.Code);
        Assert.Null(accepted.Failure);
    }

    [Theory]
    [InlineData("IndustryBrain.Rain", "Acme", true, "IB1185")]
    [InlineData("1ndustry-Brain.Rain", "Acme", true, "IB1185")]
    [InlineData("IndustryBrain.Rain", "IndustryBrain", false, "IB1185")]
    [InlineData("IndustryBrain.Rain", "IndustryBrain", true, null)]
    [InlineData("Acme.Rain", "IndustryBrain", false, "IB1185")]
    [InlineData("Acme.Rain", "Industry Brain", true, "IB1185")]
    [InlineData("Acme.IndustryBrain", "Acme", false, null)]
    public async Task Install_NameOfThePlatform_IsForItsOwnPlugins(string id, string vendor, bool isVouched, string? code)
    {
        var ct = TestContext.Current.CancellationToken;
        var manifest = Packages.Manifest.Replace("\"Acme.Probe\"", $"\"{id}\"", StringComparison.Ordinal).Replace("\"Acme\"", $"\"{vendor}\"", StringComparison.Ordinal);

        var installed = await Installer().InstallAsync(Packages.With(manifest), replace: false, isVouched, ct);
        var accepted = await Installer(id).InstallAsync(Packages.With(manifest), ct);

        Assert.Equal(code, installed.Failure?.Code);
        Assert.Null(accepted.Failure);
    }

    private static HandmadeZip With(string path) => HandmadeZip.Package(new Entry(path, Text));

    private static byte[] Pe(ushort machine)
    {
        var image = new byte[0x100];
        "MZ"u8.CopyTo(image);
        image[0x3C] = 0x80;
        "PE\0\0"u8.CopyTo(image.AsSpan(0x80));
        BitConverter.TryWriteBytes(image.AsSpan(0x84), machine);
        return image;
    }

    private PluginInstaller Installer(params string[] accepted)
    {
        var options = new PluginOptions { Folder = Path.Combine(_folder.Path, "plugins") };
        foreach (var id in accepted)
        {
            options.AcceptedNames.Add(id);
        }

        return new PluginInstaller(options);
    }
}
