namespace IndustryBrain.Cli.Tests.Projects;

public sealed class NewCommandTests(VendorMachine machine)
{
    [Fact]
    public async Task New_WithoutTheTemplates_InstallsThemAndMakesTheProjectOnce()
    {
        var folder = machine.NewFolder();
        var environment = new Dictionary<string, string>(machine.Environment) { ["DOTNET_CLI_HOME"] = machine.NewFolder() };

        var made = (await Brain.RunAsync(folder, environment, "new", "plugin", "雨量", "--kind", "knowledge", "--id", "Acme.Rain", "--vendor", "Acme 公司")).Succeeded();
        var again = await Brain.RunAsync(folder, environment, "new", "plugin", "雨量");

        Assert.Contains(Path.Combine(folder, "雨量"), made.Output, StringComparison.Ordinal);
        var plugin = await File.ReadAllTextAsync(Path.Combine(folder, "雨量", "src", "雨量", "Plugin.cs"), TestContext.Current.CancellationToken);
        Assert.Contains("[assembly: Plugin(\"Acme.Rain\", \"rain\",", plugin, StringComparison.Ordinal);
        Assert.Contains("Vendor = \"Acme 公司\"", plugin, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "雨量", "src", "雨量", "雨量Knowledge.cs")));
        Assert.Equal(2, again.ExitCode);
        Assert.StartsWith("IB7234", Assert.Single(again.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_TemplatesNowhere_IsRefused()
    {
        var environment = new Dictionary<string, string>(machine.Environment) { ["DOTNET_CLI_HOME"] = machine.NewFolder() };
        var folder = machine.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), "<configuration><packageSources><clear /></packageSources></configuration>", TestContext.Current.CancellationToken);

        var ended = await Brain.RunAsync(folder, environment, "new", "scenario", "Acme.Purchase");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("IB7131", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IB7133", "a b")]
    [InlineData("IB7133", "../Rain")]
    [InlineData("IB7133", "2Rain")]
    [InlineData("IB7133", "")]
    [InlineData("IB7133", "Acme.class")]
    [InlineData("IB7133", "Acme..Rain")]
    [InlineData("IB7133", "Acme.")]
    [InlineData("IB7133", "IndustryBrain.Sdk")]
    [InlineData("IB7133", "CON")]
    [InlineData("IB7133", "Acme.nul")]
    [InlineData("IB7220", "IndustryBrain.Rain")]
    [InlineData("IB7220", "Rain", "--id", "1ndustryBrain.Rain")]
    [InlineData("IB7134", "Rain", "--id", "Acme.com1")]
    [InlineData("IB7134", "Rain", "--id", "雨量")]
    [InlineData("IB7134", "Rain", "--id", "Acme..Rain")]
    [InlineData("IB7207", "Rain", "--kind", "sensor")]
    public async Task New_BadName_IsRefused(string code, params string[] arguments)
    {
        var ended = await Brain.RunAsync(machine.NewFolder(), null, ["new", "plugin", .. arguments]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(code, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_WithoutDotnet_IsRefused()
    {
        var ended = await Brain.RunAsync(machine.NewFolder(), new Dictionary<string, string> { ["DOTNET_HOST_PATH"] = "/nowhere/dotnet" }, "new", "plugin", "Rain");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("IB7130", ended.Error, StringComparison.Ordinal);
    }
}
