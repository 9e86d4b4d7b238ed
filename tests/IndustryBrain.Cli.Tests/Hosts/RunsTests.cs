namespace IndustryBrain.Cli.Tests.Hosts;

/// <summary>Broken runs of a host, from the command line.</summary>
public sealed class RunsTests(Platform platform)
{
    private const string Nobody = "0198f4a1-7c2e-7000-8000-000000000001";

    [Fact]
    public async Task Broken_OfAHostWithout_ListsNothing()
    {
        var listed = await platform.BrainAsync(Path.GetTempPath(), "runs", "broken", "--scenario", "none", "--json");

        Assert.True(listed.ExitCode == 0, listed.Error);
        Assert.Contains("\"total\": 0", listed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IB3005", "retry", Nobody)]
    [InlineData("IB3005", "skip", Nobody, "--outputs", "{\"value\":1}")]
    [InlineData("IB3005", "move", Nobody, "--to", "2", "--node", "a=b")]
    [InlineData("IB7202", "skip", Nobody, "--outputs", "{")]
    [InlineData("IB7203", "skip", Nobody, "--outputs", "3")]
    [InlineData("IB7203", "move", Nobody, "--to", "2", "--node", "a")]
    [InlineData("IB7207", "move", Nobody)]
    public async Task Repair_OfNoRun_IsRefusedWithItsCode(string code, params string[] arguments) =>
        Assert.StartsWith(code, (await platform.BrainAsync(Path.GetTempPath(), ["runs", .. arguments])).Error, StringComparison.Ordinal);
}
