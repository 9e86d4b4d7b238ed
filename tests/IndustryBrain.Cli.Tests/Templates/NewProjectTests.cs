using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IndustryBrain.Cli.Tests.Templates;

/// <summary>What a vendor does with a new project: it builds without a warning, its tests pass, it packs, and brain runs what it packed. Nothing is edited between. What F5 starts is started too.</summary>
public sealed partial class NewProjectTests(VendorMachine machine)
{
    [Fact]
    public async Task FiveMinutes_OfTheReadme_RunAsWritten()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(VendorMachine.RepositoryRoot, "sdk", "README.md"), TestContext.Current.CancellationToken);
        var lines = FiveMinutes().Match(readme).Groups[1].Value;
        await machine.InstallAsync();

        // The tool is there already: it is installed once on a machine.
        var folder = machine.NewFolder();
        var ended = (await machine.ShellAsync(folder, Installation().Replace(lines, ""))).Succeeded();
        var debugged = (await machine.DotnetAsync(Path.Combine(folder, "Acme.Rain"), "run", "--no-build", "--project", Path.Combine("src", "Acme.Rain"))).Succeeded();

        Assert.Contains("dotnet tool install --global IndustryBrain.Cli", lines, StringComparison.Ordinal);
        Assert.Contains("0 Warning(s)", ended.Output, StringComparison.Ordinal);
        Assert.Contains("failed: 0", ended.Output, StringComparison.Ordinal);
        Assert.Matches(@"perPiece\s*│\s*60\b", ended.Output);
        Assert.Matches(@"perPiece\s*│\s*60\b", debugged.Output);
    }

    [Fact]
    public async Task OtherTemplates_BuildTestPackAndRun()
    {
        await machine.InstallAsync();
        var folder = machine.NewFolder();
        await NewAsync(folder, "ib-plugin", "acme-tariff", "--kind", "knowledge", "--vendor", "Acme \"雨\" & Söhne");
        await NewAsync(folder, "ib-plugin", "重庆.成本", "--kind", "application", "--vendor", "Acme \"雨\" & Söhne");
        await NewAsync(folder, "ib-scenario", "Acme.Purchase");
        await JoinAsync(folder, "acme-tariff", "重庆.成本", "Acme.Purchase");

        var built = (await machine.DotnetAsync(folder, "build", "-c", "Release", "-warnaserror")).Succeeded();
        var tested = (await machine.DotnetAsync(folder, "test", "-c", "Release", "--no-build")).Succeeded();
        var packed = (await machine.DotnetAsync(folder, "pack", "--no-build")).Succeeded();

        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);
        Assert.Matches(@"failed: 0\s+succeeded: 26\b", tested.Output);
        Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);
        Assert.True(File.Exists(Path.Combine(folder, "Acme.Purchase", "scenario", "bin", "Release", "Acme.Purchase.1.0.0.nupkg")));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "acme-tariff", "src", "acme-tariff", "bin", "Release"), "acme-tariff.1.0.0.nupkg"));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "重庆.成本", "src", "重庆.成本", "bin", "Release"), "Plugin*.1.0.0.nupkg"));
        Assert.Contains("\"value\": 1.1,", await RunAsync(folder, "cd acme-tariff/src/acme-tariff && brain run --json"), StringComparison.Ordinal);
        Assert.Contains("\"largest\": \"原料\"", await RunAsync(folder, "cd 重庆.成本 && brain run --json"), StringComparison.Ordinal);
        Assert.Contains("\"amount\": 9690", await RunAsync(folder, "brain run Acme.Purchase/scenario/definition.json --input Acme.Purchase/scenario/sample-data/large.json --json"), StringComparison.Ordinal);
    }

    private async Task NewAsync(string folder, string template, string name, params string[] options) => (await machine.DotnetAsync(folder, ["new", template, "-n", name, .. options])).Succeeded();

    // One build instead of three: the projects as their own solutions list them.
    private static async Task JoinAsync(string folder, params string[] solutions)
    {
        var projects = solutions.SelectMany(name => XDocument.Load(Path.Combine(folder, name, name + ".slnx")).Descendants("Project").Select(project => new XElement("Project", new XAttribute("Path", $"{name}/{project.Attribute("Path")!.Value}"))));
        await File.WriteAllTextAsync(Path.Combine(folder, "all.slnx"), new XElement("Solution", projects).ToString(), TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(folder, solutions[0], "global.json"), Path.Combine(folder, "global.json"));
    }

    private async Task<string> RunAsync(string folder, string line)
    {
        var ended = (await machine.ShellAsync(folder, line)).Succeeded();
        Assert.Empty(ended.Error);
        return ended.Output;
    }

    [GeneratedRegex("```sh\\n(dotnet tool install .*?)```", RegexOptions.Singleline)]
    private static partial Regex FiveMinutes();

    [GeneratedRegex("^dotnet tool install .*$", RegexOptions.Multiline)]
    private static partial Regex Installation();
}
