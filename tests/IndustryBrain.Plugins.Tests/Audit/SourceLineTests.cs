using System.Globalization;
using System.Text.Json;
using IndustryBrain.Plugins.Audit;
using Microsoft.CodeAnalysis.Emit;

namespace IndustryBrain.Plugins.Tests.Audit;

/// <summary>Where a package carries its symbols, a finding names the line.</summary>
public sealed class SourceLineTests
{
    private const string Offence = "_ = context.Time;\n_ = File.ReadAllText(\"a\");\n_ = context.Http;";

    [Theory]
    [InlineData(DebugInformationFormat.Embedded)]
    [InlineData(DebugInformationFormat.PortablePdb)]
    public async Task Audit_PackageWithSymbols_NamesTheLine(DebugInformationFormat format)
    {
        var report = await Audited.AuditAsync(Package(format, "/home/acme/Rain/Rain.cs"));

        Assert.Equal(new SourceLine("/home/acme/Rain/Rain.cs", 18), report.Findings.Single(finding => finding.Rule.Id == "IBP0106").Source);
        Assert.Equal(new SourceLine("/home/acme/Rain/Rain.cs", 19), report.Findings.Single(finding => finding.Rule.Id == "IBP0401").Source);
    }

    [Fact]
    public async Task Audit_SymbolsOfAnotherBuild_NameNoLine()
    {
        var (image, _) = Snippet.WithSymbols(Offence, "/a.cs", 17, DebugInformationFormat.PortablePdb);
        var (_, symbols) = Snippet.WithSymbols(Offence + "_ = 1;", "/a.cs", 99, DebugInformationFormat.PortablePdb);

        var report = await Audited.AuditAsync(Audited.Package(image, (Audited.Prefix + "Acme.Probe.pdb", symbols)));

        Assert.All(report.Findings, finding => Assert.Null(finding.Source));
    }

    [Fact]
    public async Task Audit_SymbolsThatAreNone_NameNoLine()
    {
        var (image, symbols) = Snippet.WithSymbols(Offence, "/a.cs", 17, DebugInformationFormat.PortablePdb);
        foreach (var broken in new byte[][] { [], [1, 2, 3], symbols[..(symbols.Length / 2)] })
        {
            var report = await Audited.AuditAsync(Audited.Package(image, (Audited.Prefix + "Acme.Probe.pdb", broken)));

            Audited.Has(report, "IBP0106");
            Assert.All(report.Findings, finding => Assert.Null(finding.Source));
        }
    }

    [Theory]
    [InlineData("/home/acme/雨 量/Rain.cs", "file:///home/acme/%E9%9B%A8%20%E9%87%8F/Rain.cs")]
    [InlineData("src/Rain.cs", "src/Rain.cs")]
    public async Task Sarif_OfALine_IsAPhysicalLocation(string file, string uri)
    {
        var report = await Audited.AuditAsync(Package(DebugInformationFormat.Embedded, file));

        var log = JsonElement.Parse(SarifLog.Write(report, new Uri("file:///Acme.nupkg"), CultureInfo.InvariantCulture, _ => null).Span);
        var result = log.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Single(r => r.GetProperty("ruleId").GetString() == "IBP0106");
        var location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(uri, location.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(18, location.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal("/plugin/net10.0/Acme.Probe.dll", result.GetProperty("relatedLocations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
    }

    private static MemoryStream Package(DebugInformationFormat format, string file)
    {
        var (image, symbols) = Snippet.WithSymbols(Offence, file, 17, format);
        return symbols.Length == 0 ? Audited.Package(image) : Audited.Package(image, (Audited.Prefix + "Acme.Probe.pdb", symbols));
    }
}
