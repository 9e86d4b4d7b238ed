using System.Globalization;
using System.Text.Json;

namespace IndustryBrain.Cli.Tests.Validating;

/// <summary><c>brain validate</c> as a vendor runs it.</summary>
public sealed class ValidateTests(VendorMachine machine)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
          <ItemGroup><PackageReference Include="IndustryBrain.Sdk" Version="0.1.0" /></ItemGroup>
        </Project>
        """;

    private const string Code = """
        using IndustryBrain.Sdk;
        using IndustryBrain.Sdk.Components;
        using IndustryBrain.Sdk.Packaging;

        [assembly: Plugin("Acme.Rain", "rain", Vendor = "Acme", Zh = "雨量", En = "Rain", DescriptionZh = "雨量换算。", DescriptionEn = "Converts rain.")]
        [assembly: Permission("clock", "取日期。", "Takes the date.")]

        namespace Acme.Rain;

        [Component("rain.volume", Zh = "雨水体积", En = "Rain volume", DescriptionZh = "面积乘雨量。", DescriptionEn = "Area times depth.")]
        public sealed class Volume : ToolComponent<VolumeInput, VolumeOutput>
        {
            protected override ValueTask<Result<VolumeOutput>> RunAsync(VolumeInput input, ComponentContext context, CancellationToken cancellationToken) =>
                new(new VolumeOutput(input.Area * File.ReadAllText("depth").Length));
        }

        public sealed record VolumeInput([property: Label("面积", "Area"), Unit("m2")] double Area);

        public sealed record VolumeOutput([property: Label("体积", "Volume"), Unit("m3")] double Volume);
        """;

    private static string Brain => Path.Combine(VendorMachine.RepositoryRoot, "sdk", "IndustryBrain.Cli", "bin", VendorMachine.Configuration, "net10.0", "brain.dll");

    private static string Forecasting => Directory.GetFiles(Path.Combine(VendorMachine.RepositoryRoot, "artifacts", "plugins"), "IndustryBrain.Forecasting.*.nupkg").Single();

    [Fact]
    public async Task Validate_BundledPackage_IsClean()
    {
        var ended = (await ValidateAsync(machine.NewFolder(), Forecasting)).Succeeded();

        Assert.StartsWith("IndustryBrain.Forecasting.1.0.0.nupkg: 0 errors, 0 warnings", ended.Output, StringComparison.Ordinal);
        Assert.Equal("", ended.Error);
    }

    [Fact]
    public async Task Validate_BundledPackage_TakesLessThanTwoSeconds()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The shell tells the time of its children.");
        }

        // Of the processor: what else the machine does meanwhile is not the program's.
        var ended = (await CommandLine.RunAsync("sh", ["-c", $"dotnet '{Brain}' validate '{Forecasting}' > /dev/null && times"], machine.NewFolder(), null, TestContext.Current.CancellationToken)).Succeeded();

        var spent = ended.Output.Trim().Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(Seconds);
        Assert.InRange(spent, 0.01, 2);
    }

    [Fact]
    public async Task Validate_Sarif_IsOneLogOnStandardOutput()
    {
        var ended = (await ValidateAsync(machine.NewFolder(), Forecasting, "--sarif")).Succeeded();

        var log = JsonElement.Parse(ended.Output);
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var driver = log.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver");
        Assert.All(driver.GetProperty("rules").EnumerateArray(), rule => Assert.True(File.Exists(new Uri(rule.GetProperty("helpUri").GetString()!).LocalPath)));
        Assert.Equal(new Uri(Forecasting).AbsoluteUri, log.GetProperty("runs")[0].GetProperty("artifacts")[0].GetProperty("location").GetProperty("uri").GetString());
    }

    [Fact]
    public async Task Validate_FileThatIsNoPackage_HasAnErrorAndExitCodeOne()
    {
        var folder = machine.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "a.nupkg"), "no zip", TestContext.Current.CancellationToken);

        var ended = await ValidateAsync(folder, "a.nupkg");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("IBP0001 error  IB1004: ", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IB7201", "absent.nupkg")]
    [InlineData("IB7207", "a.nupkg", "--unheard-of")]
    public async Task Validate_WhatCannotBeRead_IsRefused(string code, params string[] arguments)
    {
        var ended = await ValidateAsync(machine.NewFolder(), arguments);

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith(code, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_Project_IsPackedAndAudited()
    {
        var folder = await ProjectAsync(Code);

        var ended = await ValidateAsync(folder);

        Assert.True(ended.ExitCode == 1, ended.Output + ended.Error);
        Assert.Contains("Rain.cs(14): IBP0106 error  Direct use of files: Acme.Rain.Volume.RunAsync uses System.IO.File.ReadAllText.  [plugin/net10.0/Acme.Rain.dll IL_", ended.Output, StringComparison.Ordinal);
        Assert.Contains("IBP0402 warning  Unused permission: “clock”.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Acme.Rain.1.0.0.nupkg: 1 error, 1 warning", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_ProjectThatDoesNotCompile_IsRefused()
    {
        var folder = await ProjectAsync(Code.Replace("ReadAllText", "ReadNothing", StringComparison.Ordinal));

        var ended = await ValidateAsync(folder, "Acme.Rain.csproj");

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("IB7214", ended.Error, StringComparison.Ordinal);
        Assert.Contains("CS0117", ended.Error, StringComparison.Ordinal);
    }

    private async Task<string> ProjectAsync(string code)
    {
        var folder = machine.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "Acme.Rain.csproj"), Project, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Rain.cs"), code, TestContext.Current.CancellationToken);
        return folder;
    }

    private Task<CommandLine.Ended> ValidateAsync(string folder, params string[] arguments) =>
        CommandLine.RunAsync("dotnet", [Brain, "validate", .. arguments], folder, new Dictionary<string, string>(machine.Environment) { ["LANG"] = "en_US.UTF-8", ["LC_ALL"] = "en_US.UTF-8" }, TestContext.Current.CancellationToken);

    // 0m0.357s
    private static double Seconds(string time)
    {
        var parts = time.TrimEnd('s').Split('m');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture) * 60) + double.Parse(parts[1], CultureInfo.InvariantCulture);
    }
}
