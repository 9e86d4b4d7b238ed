using System.IO.Compression;
using System.Text;
using IndustryBrain.Plugins.Tests.Audit;

namespace IndustryBrain.Plugins.Tests.Installing;

public sealed class PluginInstallerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private PluginInstaller Installer(Action<PluginOptions>? limit = null)
    {
        var options = new PluginOptions { Folder = Path.Combine(_folder.Path, "plugins") };
        limit?.Invoke(options);
        return new PluginInstaller(options);
    }

    private string[] Left() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);

    [Fact]
    public async Task Install_RealPackage_UnpacksOnceAndIsFoundAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var package = File.OpenRead(Built.ForecastingPackage);

        Assert.True((await Installer().InstallAsync(package, replace: false, isVouched: true, ct)).TryGet(out var first, out var failure), failure?.Message.En);
        package.Position = 0;
        Assert.True((await Installer().InstallAsync(package, replace: false, isVouched: true, ct)).TryGet(out var second, out _));

        Assert.True(File.Exists(first.EntryAssemblyPath));
        Assert.Equal(first.Sha256, second.Sha256);
        Assert.Equal(first.Folder, Assert.Single(Installer().List()).Folder);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder.Path, "plugins", ".incoming")));
    }

    [Fact]
    public async Task Install_RemovesWhatAKilledHostLeft_AndNothingThatAnotherInstalls()
    {
        var incoming = Directory.CreateDirectory(Path.Combine(_folder.Path, "plugins", ".incoming"));
        var (left, busy, young) = (incoming.CreateSubdirectory("left"), incoming.CreateSubdirectory("busy"), incoming.CreateSubdirectory("young"));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "package.nupkg"), "half", TestContext.Current.CancellationToken);
        await using var locked = new FileStream(Path.Combine(busy.FullName, "package.nupkg"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        left.LastWriteTimeUtc = busy.LastWriteTimeUtc = young.LastWriteTimeUtc.AddHours(-1);
        await using var package = Packages.With(Packages.Manifest);

        Assert.Null((await Installer().InstallAsync(package, TestContext.Current.CancellationToken)).Failure);

        Assert.Equal(["busy", "young"], incoming.GetDirectories().Select(d => d.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("plugin/net10.0/../../../evil.dll", "IB1009")]
    [InlineData("/etc/evil", "IB1009")]
    [InlineData(@"plugin\net10.0\evil.dll", "IB1009")]
    [InlineData("C:evil.dll", "IB1009")]
    [InlineData("plugin/net10.0/evil.dll.", "IB1009")]
    [InlineData("plugin//evil.dll", "IB1009")]
    [InlineData("plugin/net10.0/ACME.probe.DLL", "IB1010")]
    public async Task Install_UnsafePath_IsRefusedAndLeavesNothing(string path, string code)
    {
        await using var package = Packages.With(Packages.Manifest, (path, [1]));

        var result = await Installer().InstallAsync(package, TestContext.Current.CancellationToken);

        Assert.Equal((code, path), (result.Failure?.Code, result.Failure?.Where));
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Install_WithoutManifest_IsRefused()
    {
        await using var package = new MemoryStream();
        await using (var archive = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("lib/net10.0/Acme.Probe.dll");
            archive.CreateEntry("nested/plugin.json");
        }

        package.Position = 0;

        Assert.Equal("IB1001", (await Installer().InstallAsync(package, TestContext.Current.CancellationToken)).Failure?.Code);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Install_Link_IsRefused()
    {
        await using var package = Packages.With(Packages.Manifest, entry => entry.ExternalAttributes = unchecked((int)0xA1FF0000), ("plugin/net10.0/link", Encoding.UTF8.GetBytes("/etc/passwd")));

        Assert.Equal("IB1011", (await Installer().InstallAsync(package, TestContext.Current.CancellationToken)).Failure?.Code);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Install_BeyondALimit_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        var zeros = new byte[8 << 20];

        Assert.Equal("IB1008", (await Installer().InstallAsync(Packages.With(Packages.Manifest, ("plugin/net10.0/bomb", zeros)), ct)).Failure?.Code);
        Assert.Equal("IB1007", (await Installer(o => o.MaxUnpackedBytes = 1 << 20).InstallAsync(Packages.With(Packages.Manifest, ("plugin/net10.0/bomb", zeros)), ct)).Failure?.Code);
        Assert.Equal("IB1006", (await Installer(o => o.MaxEntries = 5).InstallAsync(Packages.With(Packages.Manifest, [.. Enumerable.Range(0, 9).Select(i => ($"plugin/{i}", new byte[1]))]), ct)).Failure?.Code);
        Assert.Equal("IB1005", (await Installer(o => o.MaxPackageBytes = 100).InstallAsync(Packages.With(Packages.Manifest), ct)).Failure?.Code);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Install_NotAZip_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;

        Assert.Equal("IB1004", (await Installer().InstallAsync(new MemoryStream(), ct)).Failure?.Code);
        Assert.Equal("IB1004", (await Installer().InstallAsync(new MemoryStream(new byte[5000]), ct)).Failure?.Code);
    }

    [Fact]
    public async Task Install_OtherContentForAVersion_IsRefusedUnlessReplaced()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.Null((await Installer().InstallAsync(Packages.With(Packages.Manifest), ct)).Failure);

        var other = await Installer().InstallAsync(Packages.With(Packages.Manifest, ("plugin/net10.0/more", [2])), ct);
        Assert.True((await Installer().InstallAsync(Packages.With(Packages.Manifest, ("plugin/net10.0/more", [2])), replace: true, isVouched: false, ct)).TryGet(out var replaced, out _));

        Assert.Equal("IB1012", other.Failure?.Code);
        Assert.True(File.Exists(Path.Combine(replaced.Folder, "plugin", "net10.0", "more")));
    }

    [Fact]
    public async Task Install_ComponentThatTheAssemblyLacks_IsRefused()
    {
        var ct = TestContext.Current.CancellationToken;
        var two = Packages.Manifest.Replace("\"components\": [", "\"components\": [" + Packages.Component.Replace("probe.one", "probe.two", StringComparison.Ordinal) + ",", StringComparison.Ordinal);

        var refused = await Installer().InstallAsync(Packages.Of(two, Snippet.Compile("")), ct);

        Assert.Equal(("IB1104", "probe.two"), (refused.Failure?.Code, refused.Failure?.Where));
        Assert.Empty(Left());
        Assert.Null((await Installer().InstallAsync(Packages.Of(Packages.Manifest, Snippet.Compile("")), ct)).Failure);
    }

    [Theory]
    [InlineData("\"prefix\": \"probe\"", "\"prefix\": \"Probe\"", "IB1003", "plugin.json:2")]
    [InlineData("\"prefix\": \"probe\"", "\"prefix\": \"probe\", \"ID\": \"Other\"", "IB1003", "plugin.json:2")]
    [InlineData("\"id\": \"probe.one\"", "\"id\": \"other.one\"", "IB1003", "plugin.json:6")]
    [InlineData("\"sdk\": \"[0.1,1.0)\"", "\"sdk\": \"[9.0,10.0)\"", "IB1014", null)]
    [InlineData("\"entryAssembly\": \"Acme.Probe.dll\"", "\"entryAssembly\": \"../x.dll\"", "IB1003", "plugin.json:4")]
    [InlineData("\"entryAssembly\": \"Acme.Probe.dll\"", "\"entryAssembly\": \"Other.dll\"", "IB1013", "Other.dll")]
    [InlineData("\"id\": \"Acme.Probe\"", "\"id\": \"../../Acme\"", "IB1003", "plugin.json:2")]
    [InlineData("\"id\": \"Acme.Probe\"", "\"id\": \"Acme.Probe\\n\"", "IB1003", "plugin.json:2")]
    [InlineData("\"id\": \"Acme.Probe\"", "\"id\": \"NUL\"", "IB1003", "plugin.json:2")]
    [InlineData("\"id\": \"Acme.Probe\"", "\"id\": \"Acme.com1.Probe\"", "IB1003", "plugin.json:2")]
    [InlineData("\"version\": \"1.0.0\"", "\"version\": \"1.0.0/../../x\"", "IB1003", "plugin.json:2")]
    [InlineData("\"version\": \"1.0.0\"", "\"version\": \"1.0.0\\n\"", "IB1003", "plugin.json:2")]
    [InlineData("\"id\": \"probe.one\"", "\"id\": \"probe.One\"", "IB1003", "plugin.json:6")]
    [InlineData("\"sdk\": \"[0.1,1.0)\"", "\"sdk\": \"newest\"", "IB1003", "plugin.json:4")]
    [InlineData("\"kind\": \"tool\"", "\"kind\": \"weapon\"", "IB1003", "plugin.json:6")]
    [InlineData("\"kind\": \"tool\"", "\"kind\": \"application\"", "IB1003", "plugin.json:6")]
    [InlineData("\"clusters\": []", "\"clusters\": [", "IB1002", "plugin.json:10")]
    public async Task Install_WrongManifest_NamesTheLine(string part, string instead, string code, string? where)
    {
        var failure = (await Installer().InstallAsync(Packages.With(Packages.Manifest.Replace(part, instead, StringComparison.Ordinal)), TestContext.Current.CancellationToken)).Failure;

        Assert.Equal((code, where), (failure?.Code, failure?.Where));
    }
}
