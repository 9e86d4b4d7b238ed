using System.IO.Compression;
using IndustryBrain.Plugins;

namespace IndustryBrain.Cli.Tests.Building;

/// <summary>A project with nothing but a reference to the SDK package, as a vendor writes it.</summary>
public sealed class BuildIntegrationTests(VendorMachine machine)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
          <ItemGroup>
            <PackageReference Include="IndustryBrain.Sdk" Version="0.1.0" />
            <PackageReference Include="ExcelDataReader" Version="3.6.0" />
          </ItemGroup>
        </Project>
        """;

    private const string Code = """
        using IndustryBrain.Sdk;
        using IndustryBrain.Sdk.Components;
        using IndustryBrain.Sdk.Packaging;

        [assembly: Plugin("Acme.Rain", "rain", Vendor = "Acme", Zh = "雨量", En = "Rain", DescriptionZh = "雨量换算。", DescriptionEn = "Converts rain.")]

        namespace Acme.Rain;

        [Component("rain.volume", Zh = "雨水体积", En = "Rain volume", DescriptionZh = "面积乘雨量。", DescriptionEn = "Area times depth.")]
        public sealed class Volume : ToolComponent<VolumeInput, VolumeOutput>
        {
            protected override ValueTask<Result<VolumeOutput>> RunAsync(VolumeInput input, ComponentContext context, CancellationToken cancellationToken) =>
                new(new VolumeOutput(input.Area * input.Depth / 1000));
        }

        public sealed record VolumeInput([property: Label("面积", "Area"), Unit("m2")] double Area, [property: Label("雨量", "Depth"), Unit("mm")] double Depth);

        public sealed record VolumeOutput([property: Label("体积", "Volume"), Unit("m3")] double Volume);
        """;

    [Fact]
    public async Task BuildAndPack_PackageReferenceAlone_GiveManifestAndInstallablePackage()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = await ProjectAsync(Code);

        var built = (await machine.DotnetAsync(folder, "build")).Succeeded();
        var packed = (await machine.DotnetAsync(folder, "pack")).Succeeded();

        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"rain.volume\"", await File.ReadAllTextAsync(Path.Combine(folder, "bin", "Debug", "net10.0", "plugin.json"), ct), StringComparison.Ordinal);

        var package = Path.Combine(folder, "bin", "Release", "Acme.Rain.1.0.0.nupkg");
        await using (var archive = await ZipFile.OpenReadAsync(package, ct))
        {
            var names = archive.Entries.Select(e => e.FullName).ToList();
            Assert.Contains("plugin.json", names);
            Assert.Contains("plugin/net10.0/Acme.Rain.dll", names);
            Assert.Contains("plugin/net10.0/ExcelDataReader.dll", names);
            Assert.DoesNotContain(names, n => n.Contains("IndustryBrain.Sdk", StringComparison.Ordinal) || n.EndsWith(".pdb", StringComparison.Ordinal));
            using var nuspec = new StreamReader(await archive.GetEntry("Acme.Rain.nuspec")!.OpenAsync(ct));
            var said = await nuspec.ReadToEndAsync(ct);
            Assert.Contains("<packageType name=\"IbPlugin\" />", said, StringComparison.Ordinal);
            Assert.DoesNotContain("<dependency", said, StringComparison.Ordinal);
        }

        await using var content = File.OpenRead(package);
        var installed = await new PluginInstaller(new PluginOptions { Folder = machine.NewFolder() }).InstallAsync(content, ct);
        Assert.True(installed.TryGet(out var plugin, out var failure), failure?.ToString());
        Assert.Equal("rain.volume", Assert.Single(plugin.Manifest.Components).Id);
    }

    [Fact]
    public async Task Pack_SameSourcesElsewhere_GivesTheSameBytes()
    {
        var ct = TestContext.Current.CancellationToken;
        var packages = new List<byte[]>();
        foreach (var folder in new[] { await ProjectAsync(Code), await ProjectAsync(Code) })
        {
            (await machine.DotnetAsync(folder, "pack", "-o", Path.Combine(folder, "out"))).Succeeded();
            packages.Add(await File.ReadAllBytesAsync(Path.Combine(folder, "out", "Acme.Rain.1.0.0.nupkg"), ct));
        }

        Assert.Equal(packages[0], packages[1]);
    }

    [Fact]
    public async Task Build_WithoutPluginAttribute_FailsWithTheCodeAndTheProject_AndSaysWhatTheAuditWouldFind()
    {
        var folder = await ProjectAsync(Code.Replace("[assembly: Plugin", "// [assembly: Plugin", StringComparison.Ordinal)
            .Replace("=>\n        new(new VolumeOutput(", "=>\n        new(new VolumeOutput(System.Diagnostics.Process.GetProcesses().Length + ", StringComparison.Ordinal));

        var built = await machine.DotnetAsync(folder, "build");

        Assert.Equal(1, built.ExitCode);
        Assert.Contains($"{Path.Combine(folder, "Acme.Rain.csproj")} : error IB1022:", built.Output, StringComparison.Ordinal);
        Assert.Matches(@"Rain\.cs\(\d+,\d+\): warning IBP0105: ", built.Output);
        Assert.DoesNotContain("MSB3073", built.Output, StringComparison.Ordinal);
    }

    private async Task<string> ProjectAsync(string code)
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = machine.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "Acme.Rain.csproj"), Project, ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "Rain.cs"), code, ct);
        return folder;
    }
}
