using System.Text.RegularExpressions;

namespace IndustryBrain.Cli.Tests.Templates;

/// <summary>What a vendor does with a new project: it builds without a warning, its tests pass, it packs, and brain runs what it packed. Nothing is edited between.</summary>
public sealed partial class NewProjectTests(VendorMachine machine)
{
    [Fact]
    public async Task FiveMinutes_OfTheReadme_RunAsWritten()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(VendorMachine.RepositoryRoot, "sdk", "README.md"), TestContext.Current.CancellationToken);
        var lines = FiveMinutes().Match(readme).Groups[1].Value;
        await machine.InstallAsync();

        // The tool is there already: it is installed once on a machine.
        var ended = (await machine.ShellAsync(machine.NewFolder(), Installation().Replace(lines, ""))).Succeeded();

        Assert.Contains("dotnet tool install --global IndustryBrain.Cli", lines, StringComparison.Ordinal);
        Assert.Contains("0 Warning(s)", ended.Output, StringComparison.Ordinal);
        Assert.Contains("failed: 0", ended.Output, StringComparison.Ordinal);
        Assert.Matches(@"perPiece\s*│\s*60\b", ended.Output);
    }

    [Theory]
    [InlineData("knowledge", "acme-tariff", "acme-tariff", "\"value\": 1.1,")]
    [InlineData("application", "重庆.成本", "Plugin*", "\"largest\": \"原料\"")]
    public async Task Plugin_OfEachKind_BuildsTestsPacksAndRuns(string kind, string name, string package, string expected)
    {
        var folder = await NewAsync("ib-plugin", name, "--kind", kind, "--vendor", "Acme \"雨\" & Söhne");

        await BuildTestPackAsync(folder);

        Assert.Single(Directory.GetFiles(Path.Combine(folder, "src", name, "bin", "Release"), package + ".1.0.0.nupkg"));
        var run = (await machine.ShellAsync(folder, $"brain run sample/definition.json --input sample/input.json --plugins 'src/{name}/bin/Release' --json")).Succeeded();
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Scenario_BuildsTestsPacksAndRuns()
    {
        var folder = await NewAsync("ib-scenario", "Acme.Purchase");

        var tested = await BuildTestPackAsync(folder);

        Assert.Contains("succeeded: 2", tested.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "scenario", "bin", "Release", "Acme.Purchase.1.0.0.nupkg")));
        var run = (await machine.ShellAsync(folder, "brain run scenario/definition.json --input scenario/sample-data/large.json --json")).Succeeded();
        Assert.Contains("\"amount\": 9690", run.Output, StringComparison.Ordinal);
    }

    private async Task<string> NewAsync(string template, string name, params string[] options)
    {
        await machine.InstallAsync();
        var folder = machine.NewFolder();
        (await machine.DotnetAsync(folder, ["new", template, "-n", name, .. options])).Succeeded();
        return Path.Combine(folder, name);
    }

    private async Task<CommandLine.Ended> BuildTestPackAsync(string folder)
    {
        var built = (await machine.DotnetAsync(folder, "build", "-c", "Release", "-warnaserror")).Succeeded();
        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);
        var tested = (await machine.DotnetAsync(folder, "test", "-c", "Release", "--no-build")).Succeeded();
        Assert.Contains("failed: 0", tested.Output, StringComparison.Ordinal);
        var packed = (await machine.DotnetAsync(folder, "pack", "--no-build")).Succeeded();
        Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);
        return tested;
    }

    [GeneratedRegex("```sh\\n(dotnet tool install .*?)```", RegexOptions.Singleline)]
    private static partial Regex FiveMinutes();

    [GeneratedRegex("^dotnet tool install .*$", RegexOptions.Multiline)]
    private static partial Regex Installation();
}
