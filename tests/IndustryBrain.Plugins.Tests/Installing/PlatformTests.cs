using IndustryBrain.Plugins.Manifests;

namespace IndustryBrain.Plugins.Tests.Installing;

public sealed class PlatformTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("any", "linux-x64", true)]
    [InlineData("linux-x64", "linux-x64", true)]
    [InlineData("linux", "linux-x64", true)]
    [InlineData("unix", "osx-arm64", true)]
    [InlineData("unix-x64", "linux-x64", true)]
    [InlineData("unix", "win-x64", false)]
    [InlineData("linux-arm64", "linux-x64", false)]
    [InlineData("linux-musl-x64", "linux-x64", false)]
    [InlineData("win-x64", "linux-x64", false)]
    public void Platform_CoversAMachine_OrNot(string platform, string machine, bool expected) => Assert.Equal(expected, PackagePlatform.Covers(platform, machine));

    [Theory]
    [InlineData("no-such-machine", "IB1231")]
    [InlineData("Linux x64", "IB1003")]
    [InlineData("any", null)]
    public async Task Install_PackageForOnePlatform_IsTakenOnlyThere(string platform, string? code)
    {
        using var package = Packages.With(Packages.Manifest.Replace("\"clusters\"", $"\"platforms\":[\"{platform}\"],\"clusters\"", StringComparison.Ordinal));

        var installed = await new PluginInstaller(new PluginOptions { Folder = _folder.Path }).InstallAsync(package, TestContext.Current.CancellationToken);

        Assert.Equal(code, installed.Failure?.Code);
    }

    [Fact]
    public async Task Install_NativeFiles_OnlyThoseOfThisMachineAreUnpacked()
    {
        const string Native = "plugin/net10.0/runtimes/";
        using var package = Packages.With(
            Packages.Manifest,
            ($"{Native}{PackagePlatform.Current}/native/a.so", [1]),
            ($"{Native}no-such/native/a.so", [1]),
            ($"{Native}any/lib/b.dll", [1]));

        var installed = await new PluginInstaller(new PluginOptions { Folder = _folder.Path }).InstallAsync(package, TestContext.Current.CancellationToken);

        Assert.True(installed.TryGet(out var plugin, out var failure), failure?.Message.En);
        Assert.Equal(
            new[] { PackagePlatform.Current, "any" }.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(plugin.Folder, "plugin", "net10.0", "runtimes")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }
}
