namespace IndustryBrain.Cli.Tests.Building;

/// <summary>The guide of the SDK, followed to the letter on a vendor's machine: a plugin, a test project beside it, both on the packages alone.</summary>
public sealed class TestingPackageTests(VendorMachine machine)
{
    [Fact]
    public async Task TestProject_OfTheGuide_BuildsAndItsConformancePasses()
    {
        var ct = TestContext.Current.CancellationToken;
        var guide = await File.ReadAllTextAsync(Path.Combine(VendorMachine.RepositoryRoot, "sdk", "README.md"), ct);
        var code = Blocks(guide, "csharp");
        var folder = machine.NewFolder();
        await WriteAsync(folder, "Acme.Rain/Acme.Rain.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup><PackageReference Include="IndustryBrain.Sdk" Version="0.1.0" /></ItemGroup>
            </Project>
            """);
        await WriteAsync(folder, "Acme.Rain/Volume.cs", code[0]);
        await WriteAsync(folder, "Acme.Rain.Tests/Acme.Rain.Tests.csproj", Assert.Single(Blocks(guide, "xml")));
        await WriteAsync(folder, "Acme.Rain.Tests/VolumeTests.cs", code[1]);

        var built = (await machine.DotnetAsync(Path.Combine(folder, "Acme.Rain.Tests"), "build")).Succeeded();
        var run = (await machine.DotnetAsync(folder, "exec", "Acme.Rain.Tests/bin/Debug/net10.0/Acme.Rain.Tests.dll")).Succeeded();

        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);
        Assert.Matches(@"Total: 8, .*Failed: 0|total: 8\s+failed: 0", run.Output);
    }

    [Fact]
    public async Task TestProject_ComponentThatThrows_FailsWithWhatToMend()
    {
        var ct = TestContext.Current.CancellationToken;
        var guide = await File.ReadAllTextAsync(Path.Combine(VendorMachine.RepositoryRoot, "sdk", "README.md"), ct);
        var code = Blocks(guide, "csharp");
        var folder = machine.NewFolder();
        await WriteAsync(folder, "Tests/Tests.csproj", Assert.Single(Blocks(guide, "xml")).Replace("<ProjectReference Include=\"../Acme.Rain/Acme.Rain.csproj\" />", "", StringComparison.Ordinal));
        await WriteAsync(folder, "Tests/Volume.cs", code[0].Replace("input.Depth < 0 ? Refusals.Range(\"depth\", input.Depth, \"[0, ∞)\")", "input.Depth < 0 ? throw new System.InvalidOperationException()", StringComparison.Ordinal));
        await WriteAsync(folder, "Tests/VolumeTests.cs", code[1]);

        (await machine.DotnetAsync(Path.Combine(folder, "Tests"), "build")).Succeeded();
        var run = await machine.DotnetAsync(folder, "exec", "Tests/bin/Debug/net10.0/Tests.dll");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("BadInput_IsAnsweredWithCodes", run.Output, StringComparison.Ordinal);
        Assert.Contains("Return expected failures as Refusals", run.Output, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(string folder, string name, string content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
    }

    // The fenced blocks of one language.
    private static List<string> Blocks(string guide, string language) =>
        [.. guide.Split($"```{language}\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
}
