using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using IndustryBrain.Plugins.Tests.Audit;

namespace IndustryBrain.Plugins.Tests.Packing;

/// <summary>Who makes a package by hand from docs/plugin-protocol.md has one that raises no finding, and that a feed knows.</summary>
public sealed partial class ProtocolPageTests
{
    [Fact]
    public async Task Page_ItsManifest_RaisesNoFinding()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Built.RepositoryRoot, "docs", "plugin-protocol.md"), TestContext.Current.CancellationToken);
        var assembly = Snippet.Compile("""
            [Component("rain.volume", Zh = "雨水体积", En = "Rain volume", DescriptionZh = "面积乘雨量。", DescriptionEn = "Area times depth.")]
            public sealed class Volume : ToolComponent<VolumeInput, VolumeOutput>
            {
                protected override ValueTask<Result<VolumeOutput>> RunAsync(VolumeInput input, ComponentContext context, CancellationToken cancellationToken) => new(new VolumeOutput(input.Area * input.Depth / 1000));
            }
            public sealed record VolumeInput(double Area, double Depth);
            public sealed record VolumeOutput(double Volume);
            """);
        using var package = new MemoryStream();
        using (var archive = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new[] { ("plugin.json", Encoding.UTF8.GetBytes(Manifest().Match(page).Groups[1].Value)), ("Acme.Rain.nuspec", Encoding.UTF8.GetBytes(Nuspec().Match(page).Groups[1].Value)), ("plugin/net10.0/Acme.Rain.dll", assembly) })
            {
                await using var entry = archive.CreateEntry(name).Open();
                await entry.WriteAsync(content, TestContext.Current.CancellationToken);
            }
        }

        package.Position = 0;
        var report = await Audited.AuditAsync(package);

        Assert.NotNull(report.Manifest);
        Assert.Empty(report.Findings.Select(finding => $"{finding.Rule.Id} {finding.Message.En}"));
    }

    [GeneratedRegex("```json\n(\\{\n  \"id\": \"Acme.Rain\".*?)```", RegexOptions.Singleline)]
    private static partial Regex Manifest();

    [GeneratedRegex("```xml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Nuspec();
}
